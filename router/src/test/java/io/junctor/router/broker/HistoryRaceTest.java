package io.junctor.router.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.authorization.UriCheck;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.memory.LowHeapMonitor;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Seat;
import io.junctor.router.session.StoppedClock;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Publishing, joining and asking in any order: what a session is told of the past and what it gets from then on fit together. */
class HistoryRaceTest {
    private static final int ROUNDS = 20_000;
    private static final Uri TOPIC = new Uri("topic");
    private static final PublishMessageOptions RETAINED =
            new PublishMessageOptions(true, true, false, true, Audience.ALL, null, List.of(), Dict.EMPTY);
    private static final SubscribeMessageOptions WITH_RETAINED =
            new SubscribeMessageOptions(MatchPolicy.EXACT, true, List.of(), Dict.EMPTY);
    private static final HistoryTopic KEPT =
            new HistoryTopic(TOPIC, MatchPolicy.EXACT, 50, Duration.ofHours(1), 1 << 20);

    private final List<Throwable> faults = new ArrayList<>();
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(1_000, 1_000), Runnable::run, faults::add);
    private final Broker broker = new Broker(
            new RandomIds(new SecureRandom()),
            new Broker.Schedule(turnstile, new StoppedClock()),
            new RetentionBudget(new LowHeapMonitor(new Counters()), Long.MAX_VALUE).account(),
            new RealmCounters(new Counters()),
            RealmConfig.open("test").toBuilder()
                    .features(RealmFeatures.DEFAULT.withHistory(KEPT))
                    .build(),
            null);
    private final MetaProcedure events =
            Objects.requireNonNull(broker.procedures().get("wamp.subscription.get_events"));
    private final Seat publisher = new Seat(1, Serializer.JSON);

    private int published;
    /** How many had been published when the reader joined. */
    private int joinedBehind;
    /** What the reader was told of the past, by how many had been published when it asked. */
    private final Map<Integer, MetaAnswer.Later> toldByCount = new HashMap<>();

    @Test
    void whatIsToldAndWhatComesNextFitTogether() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long subscription = subscription();
        for (int round = 0; round < ROUNDS; round++) {
            Seat reader = new Seat(2 + round, Serializer.JSON);
            List<Runnable> steps = new ArrayList<>(List.of(
                    () -> join(reader),
                    this::publish,
                    this::publish,
                    this::publish,
                    () -> ask(reader, subscription),
                    () -> ask(reader, subscription)));
            Collections.shuffle(steps, random);
            published = 0;
            toldByCount.clear();
            inTurn(() -> {
                publish();
                steps.forEach(step -> nowOrSoon(step, random.nextBoolean()));
            });
            check(reader, "seed " + seed + ", round " + round);
            inTurn(() -> broker.onLeave(reader.session, () -> {}));
        }
    }

    private void check(Seat reader, String place) {
        List<Long> ids = publisher.received().stream()
                .map(message -> ((Published) message).publication())
                .toList();
        List<FromRouter> received = reader.received();
        assertThat(received.getFirst()).as(place).isInstanceOf(Subscribed.class);
        List<Event> got = received.stream().skip(1).map(Event.class::cast).toList();
        assertThat(got.getFirst().details().retained()).as(place).isTrue();
        // The newest from before, then each that came later.
        assertThat(got.stream().map(Event::publication).toList())
                .as(place)
                .isEqualTo(ids.subList(joinedBehind - 1, ids.size()));
        toldByCount.forEach((count, told) -> assertThat(publications(told))
                .as(place)
                .endsWith(ids.subList(0, count).toArray(Long[]::new)));
    }

    private static List<Long> publications(MetaAnswer.Later later) {
        MetaAnswer.Ready answer = later.maker().toCompletableFuture().join().get();
        List<Long> publications = new ArrayList<>();
        for (Object event : (List<?>) Objects.requireNonNull(
                ((MetaAnswer.Values) answer).arguments().positional().getFirst())) {
            publications.add((Long) Objects.requireNonNull(((Map<?, ?>) event).get("publication")));
        }
        return publications;
    }

    /** Now, or behind whatever waits for the turn. */
    private void nowOrSoon(Runnable step, boolean soon) {
        if (soon) {
            turnstile.run(step);
        } else {
            step.run();
        }
    }

    private void publish() {
        published++;
        broker.onPublish(publisher.session, new Publish(1, RETAINED, TOPIC, Payload.NONE), SenderDisclosure.PLAIN);
    }

    private void join(Seat reader) {
        joinedBehind = published;
        broker.onSubscribe(reader.session, new Subscribe(1, WITH_RETAINED, TOPIC));
    }

    private void ask(Seat reader, long subscription) {
        MetaAnswer answer =
                events.call(reader.session, new MetaArguments(Arguments.of(subscription), UriCheck.DEFAULT));
        toldByCount.put(published, (MetaAnswer.Later) answer);
    }

    private long subscription() {
        Seat any = new Seat(1_000_000, Serializer.JSON);
        inTurn(() -> broker.onSubscribe(any.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, TOPIC)));
        inTurn(() -> broker.onLeave(any.session, () -> {}));
        return ((Subscribed) any.received().getFirst()).subscription();
    }

    private void inTurn(Runnable operation) {
        try (Pass pass = Pass.open()) {
            turnstile.run(operation);
        }
        assertThat(faults).isEmpty();
    }
}
