package io.junctor.router.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.memory.LowHeapMonitor;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Seat;
import io.junctor.router.session.StoppedClock;
import io.junctor.router.turn.OperationSource;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A broker with a publisher, whose turns the test runs. */
class BrokerFixture {
    static final Uri TOPIC = new Uri("com.topic");
    static final Uri OTHER = new Uri("com.other");
    static final PublishMessageOptions TO_MYSELF =
            new PublishMessageOptions(true, false, false, false, Audience.ALL, null, List.of(), Dict.EMPTY);

    final Counters counters = new Counters();
    final LowHeapMonitor heap = new LowHeapMonitor(counters);
    final RetentionBudget kept = new RetentionBudget(heap, Long.MAX_VALUE);
    final List<Throwable> faults = new ArrayList<>();
    final List<Runnable> workers = new ArrayList<>();
    final Turnstile turnstile = new Turnstile(Turnstile.Bounds.ofOperations(1_000, 1_000), workers::add, faults::add);
    final Broker broker = broker(null);
    final Seat publisher = new Seat(1, Serializer.JSON);
    final OperationSource source = new OperationSource() {
        @Override
        protected void onPark() {
            throw new AssertionError("no source is parked here");
        }

        @Override
        protected void onRoom() {}
    };
    long request;

    final Broker broker(@Nullable RealmLink link) {
        return new Broker(
                new RandomIds(new SecureRandom()),
                new Broker.Schedule(turnstile, new StoppedClock()),
                kept.account(),
                new RealmCounters(counters),
                RealmConfig.open("test"),
                link);
    }

    /** Runs {@code step} now and behind each following slice. */
    void betweenSlices(int times, Runnable step) {
        step.run();
        if (times > 1) {
            turnstile.runLater(() -> betweenSlices(times - 1, step));
        }
    }

    /** As a realm does it. */
    void submit(Publish publish) {
        if (!publisher.session.defers(0, () -> submit(publish))) {
            broker.onPublish(publisher.session, publish, SenderDisclosure.PLAIN);
        }
    }

    void leave(Seat seat) {
        seat.session.markLeft();
        broker.onLeave(seat.session, () -> {});
    }

    /** Subscribers that take nothing: their events wait to be counted. */
    List<Seat> audience(int size) {
        List<Seat> subscribers = IntStream.range(0, size)
                .mapToObj(i -> new Seat(100 + i, Serializer.JSON))
                .toList();
        inTurn(() -> subscribers.forEach(
                seat -> broker.onSubscribe(seat.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, TOPIC))));
        subscribers.forEach(seat -> {
            seat.connection.forget();
            seat.connection.hold();
        });
        return subscribers;
    }

    static long served(List<Seat> subscribers) {
        return subscribers.stream()
                .mapToLong(seat -> seat.outbox.waitingMessages())
                .sum();
    }

    Seat subscriber(long id, Uri topic) {
        Seat seat = new Seat(id, Serializer.JSON);
        subscribe(seat, topic);
        return seat;
    }

    long subscribe(Seat seat, Uri topic) {
        return subscribe(seat, topic, MatchPolicy.EXACT);
    }

    long subscribe(Seat seat, Uri topic, MatchPolicy match) {
        SubscribeMessageOptions options = new SubscribeMessageOptions(match, false, List.of(), Dict.EMPTY);
        inTurn(() -> broker.onSubscribe(seat.session, new Subscribe(++request, options, topic)));
        return ((Subscribed) only(seat)).subscription();
    }

    FromRouter unsubscribe(Seat seat, long subscription) {
        inTurn(() -> broker.onUnsubscribe(seat.session, new Unsubscribe(++request, subscription)));
        return only(seat);
    }

    void publish(Uri topic, PublishMessageOptions options) {
        inTurn(() -> broker.onPublish(
                publisher.session, new Publish(++request, options, topic, Payload.NONE), SenderDisclosure.PLAIN));
    }

    static Publish publish(long request, Uri topic) {
        return new Publish(request, PublishMessageOptions.DEFAULT, topic, Payload.NONE);
    }

    void inTurn(Runnable operation) {
        try (Pass pass = Pass.open()) {
            turnstile.run(source, operation);
        }
        while (!workers.isEmpty()) {
            workers.removeFirst().run();
        }
        assertThat(faults).isEmpty();
    }

    static FromRouter only(Seat seat) {
        List<FromRouter> received = seat.received();
        assertThat(received).hasSize(1);
        return received.getFirst();
    }
}
