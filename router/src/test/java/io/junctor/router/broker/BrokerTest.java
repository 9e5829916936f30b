package io.junctor.router.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.Grant;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Samples;
import io.junctor.router.session.Seat;
import io.junctor.router.session.StoppedClock;
import io.junctor.router.turn.OperationSource;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Slices;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BrokerTest {
    private static final Uri TOPIC = new Uri("com.topic");
    private static final Uri OTHER = new Uri("com.other");
    private static final PublishMessageOptions TO_MYSELF =
            new PublishMessageOptions(true, false, false, false, Audience.ALL, null, List.of(), Dict.EMPTY);

    private final Counters counters = new Counters();
    private final List<Throwable> faults = new ArrayList<>();
    private final List<Runnable> workers = new ArrayList<>();
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(1_000, 1_000), workers::add, faults::add);
    private final Broker broker = new Broker(
            new RandomIds(new SecureRandom()),
            turnstile,
            new StoppedClock(),
            new ArgumentsCodec(),
            counters,
            RealmConfig.open("test"));
    private final Seat publisher = new Seat(1, Serializer.JSON);
    private final OperationSource lane = new OperationSource() {
        @Override
        protected void onPark() {
            throw new AssertionError("no lane is parked here");
        }

        @Override
        protected void onRoom() {}
    };
    private long request;

    @Test
    void everySubscriberGetsThePublicationWithOneIdAndItsPayload() {
        Seat one = subscriber(2, TOPIC);
        Seat other = subscriber(3, TOPIC);
        Payload payload = Samples.json("[1,2]");
        inTurn(() -> broker.onPublish(
                publisher.session, new Publish(9, PublishMessageOptions.ACKNOWLEDGE, TOPIC, payload), Grant.PLAIN));

        Published published = (Published) only(publisher);
        Event event = (Event) only(one);
        assertThat(published.request()).isEqualTo(9);
        assertThat(event.publication()).isEqualTo(published.publication());
        assertThat(Samples.text(event.payload())).isEqualTo("[1,2]");
        assertThat(only(other)).usingRecursiveComparison().isEqualTo(event);
        assertThat(counters.value(Counter.EVENTS_SENT)).isEqualTo(2);
    }

    @Test
    void publicationNobodySubscribedToIsASuccess() {
        publish(TOPIC, PublishMessageOptions.ACKNOWLEDGE);
        assertThat(only(publisher)).isInstanceOf(Published.class);
        publish(TOPIC, PublishMessageOptions.DEFAULT);
        assertThat(publisher.received()).isEmpty();
    }

    @Test
    void publisherGetsItsOwnEventOnlyOnRequestAndBehindTheAcknowledgement() {
        subscribe(publisher, TOPIC);
        publisher.received();
        publish(TOPIC, PublishMessageOptions.DEFAULT);
        assertThat(publisher.received()).isEmpty();

        publish(TOPIC, TO_MYSELF);
        assertThat(publisher.received())
                .<Class<?>>extracting(FromRouter::getClass)
                .containsExactly(Published.class, Event.class);
    }

    @Test
    void repeatedSubscriptionHasTheSameIdAndOneEvent() {
        Seat seat = new Seat(2, Serializer.JSON);
        long id = subscribe(seat, TOPIC);
        assertThat(subscribe(seat, TOPIC)).isEqualTo(id);

        publish(TOPIC, PublishMessageOptions.DEFAULT);
        assertThat(only(seat)).isInstanceOf(Event.class);
        assertThat(unsubscribe(seat, id)).isInstanceOf(Unsubscribed.class);
        assertThat(broker.subscriptions()).isZero();
    }

    @Test
    void subscriptionsAreLimitedButMayBeRepeated() {
        Seat seat = new Seat(2, Serializer.JSON, Seat.SMALL, Seat.allRoles(Set.of()));
        long first = subscribe(seat, new Uri("com.topic0"));
        subscribe(seat, new Uri("com.topic1"));
        subscribe(seat, new Uri("com.topic2"));

        inTurn(() -> broker.onSubscribe(seat.session, new Subscribe(8, SubscribeMessageOptions.DEFAULT, TOPIC)));
        ErrorMessage refusal = (ErrorMessage) only(seat);
        assertThat(refusal.error()).isEqualTo(WampError.LIMIT_EXCEEDED.uri());
        assertThat(counters.value(Counter.REQUESTS_OVER_LIMIT)).isEqualTo(1);
        assertThat(subscribe(seat, new Uri("com.topic0"))).isEqualTo(first);
    }

    @Test
    void eachMatchingSubscriptionOfASessionGetsItsEvent() {
        Seat seat = new Seat(2, Serializer.JSON);
        long exact = subscribe(seat, TOPIC);
        long prefix = subscribe(seat, new Uri("com.t"), MatchPolicy.PREFIX);
        long wildcard = subscribe(seat, new Uri(".topic"), MatchPolicy.WILDCARD);
        assertThat(subscribe(seat, TOPIC, MatchPolicy.PREFIX)).isNotIn(exact, prefix, wildcard);
        assertThat(subscribe(seat, new Uri("com.t"), MatchPolicy.PREFIX)).isEqualTo(prefix);
        unsubscribe(seat, exact);

        publish(TOPIC, PublishMessageOptions.DEFAULT);
        assertThat(seat.received())
                .hasSize(3)
                .allSatisfy(message ->
                        assertThat(((Event) message).details().topic()).isEqualTo(TOPIC));
        publish(OTHER, PublishMessageOptions.DEFAULT);
        assertThat(seat.received()).isEmpty();
    }

    @Test
    void nobodyEndsASubscriptionThatIsNotItsOwn() {
        Seat holder = new Seat(2, Serializer.JSON);
        long id = subscribe(holder, TOPIC);
        assertThat(((ErrorMessage) unsubscribe(publisher, id)).error()).isEqualTo(WampError.NO_SUCH_SUBSCRIPTION.uri());
        assertThat(((ErrorMessage) unsubscribe(holder, id + 1)).error())
                .isEqualTo(WampError.NO_SUCH_SUBSCRIPTION.uri());
        assertThat(broker.subscriptions()).isEqualTo(1);
    }

    @Test
    void noEventComesBehindUnsubscribed() {
        Seat seat = new Seat(2, Serializer.JSON);
        long id = subscribe(seat, TOPIC);
        publish(TOPIC, PublishMessageOptions.DEFAULT);
        assertThat(only(seat)).isInstanceOf(Event.class);
        assertThat(unsubscribe(seat, id)).isInstanceOf(Unsubscribed.class);
        publish(TOPIC, PublishMessageOptions.DEFAULT);
        assertThat(seat.received()).isEmpty();
    }

    @Test
    void leavingEndsAllSubscriptionsOfTheSessionOnly() {
        Seat leaver = subscriber(2, TOPIC);
        subscribe(leaver, OTHER);
        Seat stayer = subscriber(3, TOPIC);
        inTurn(() -> leave(leaver));

        publish(TOPIC, PublishMessageOptions.DEFAULT);
        publish(OTHER, PublishMessageOptions.DEFAULT);
        assertThat(stayer.received()).hasSize(1);
        assertThat(broker.subscriptions()).isEqualTo(1);
    }

    @Test
    void eventsASlowSubscriberHasNoRoomForAreDroppedAndCounted() {
        Seat slow = new Seat(2, Serializer.JSON, Seat.SMALL, Seat.allRoles(Set.of()));
        Seat fast = subscriber(3, TOPIC);
        subscribe(slow, TOPIC);
        slow.connection.hold();
        for (int i = 0; i < 12; i++) {
            publish(TOPIC, PublishMessageOptions.DEFAULT);
        }
        assertThat(counters.value(Counter.EVENTS_DROPPED)).isEqualTo(2);
        assertThat(fast.received()).hasSize(12);
        assertThat(slow.asked).containsExactly("dropping");
    }

    @Test
    void slowSubscriberEndsOnceWhereTheRealmWantsIt() {
        RealmLimits strict = RealmLimits.DEFAULT
                .withOutbox(10_000, 2, SlowSubscriber.DISCONNECT)
                .withHoldings(RealmLimits.Holdings.ofEach(3));
        Seat slow = new Seat(2, Serializer.JSON, strict, Seat.allRoles(Set.of()));
        subscribe(slow, TOPIC);
        slow.connection.hold();
        for (int i = 0; i < 5; i++) {
            publish(TOPIC, PublishMessageOptions.DEFAULT);
        }
        assertThat(slow.asked).containsOnlyOnce("overflow");
    }

    @Test
    void audienceOf5000IsServedInOneTurn() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN);
        inTurn(() -> {
            broker.onPublish(publisher.session, publish(7, TOPIC), Grant.PLAIN);
            assertThat(served(subscribers)).isEqualTo(FanOut.MAX_IN_ONE_TURN);
        });
        assertThat(publisher.asked).isEmpty();
    }

    @Test
    void largerAudienceIsServedInSlicesBetweenWhichOthersGetTheTurn() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN + 1);
        List<Long> servedAtEachTurn = new ArrayList<>();
        inTurn(() -> {
            broker.onPublish(publisher.session, publish(7, TOPIC), Grant.PLAIN);
            betweenSlices(6, () -> servedAtEachTurn.add(served(subscribers)));
        });

        assertThat(servedAtEachTurn).containsExactly(1_000L, 2_000L, 3_000L, 4_000L, 5_000L, 5_001L);
        assertThat(publisher.asked).containsExactly("long work", "long work done");
        assertThat(counters.value(Counter.EVENTS_SENT)).isEqualTo(FanOut.MAX_IN_ONE_TURN + 1);
    }

    @Test
    void audiencesOfAllMatchingSubscriptionsAreSlicedTogether() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN);
        Seat watcher = new Seat(900_000, Serializer.JSON);
        subscribe(watcher, new Uri("com."), MatchPolicy.PREFIX);
        Seat late = new Seat(900_001, Serializer.JSON);
        inTurn(() -> {
            broker.onPublish(publisher.session, publish(7, TOPIC), Grant.PLAIN);
            broker.onSubscribe(
                    late.session,
                    new Subscribe(
                            1,
                            new SubscribeMessageOptions(MatchPolicy.PREFIX, false, List.of(), Dict.EMPTY),
                            new Uri("com.")));
            assertThat(served(subscribers)).isEqualTo(1_000);
        });

        assertThat(served(subscribers)).isEqualTo(FanOut.MAX_IN_ONE_TURN);
        assertThat(only(watcher)).isInstanceOf(Event.class);
        assertThat(only(late)).isInstanceOf(Subscribed.class);
        assertThat(publisher.asked).containsExactly("long work", "long work done");
    }

    @Test
    void whoLeavesBetweenSlicesIsSkippedAndWhoComesGetsNothing() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN + 500);
        Seat late = new Seat(900_000, Serializer.JSON);
        inTurn(() -> {
            broker.onPublish(publisher.session, publish(7, TOPIC), Grant.PLAIN);
            betweenSlices(1, () -> {
                subscribers.subList(900, 1_100).forEach(this::leave);
                broker.onSubscribe(late.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, TOPIC));
            });
        });

        assertThat(served(subscribers)).isEqualTo(FanOut.MAX_IN_ONE_TURN + 500 - 100);
        assertThat(subscribers.get(999).outbox.waitingMessages())
                .as("served before it left")
                .isEqualTo(1);
        assertThat(subscribers.get(1_000).outbox.waitingMessages()).isZero();
        assertThat(only(late)).isInstanceOf(Subscribed.class);
    }

    @Test
    void fanOutEndsThoughEverybodyLeaves() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN + 1);
        inTurn(() -> {
            broker.onPublish(publisher.session, publish(7, TOPIC), Grant.PLAIN);
            betweenSlices(1, () -> subscribers.forEach(this::leave));
        });
        assertThat(served(subscribers)).isEqualTo(1_000);
        assertThat(publisher.asked).containsExactly("long work", "long work done");
        assertThat(broker.subscriptions()).isZero();
    }

    /** Row ORD-01: also across topics. */
    @Test
    void publishersLaterEventsWaitBehindTheLastSlice() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN + 1);
        Seat last = subscribers.getLast();
        last.connection.flow();
        subscribe(last, OTHER);
        Payload first = Samples.json("[1]");
        Payload second = Samples.json("[2]");
        inTurn(() -> {
            submit(new Publish(1, PublishMessageOptions.DEFAULT, TOPIC, first));
            submit(new Publish(2, PublishMessageOptions.DEFAULT, OTHER, second));
            assertThat(served(subscribers)).as("the second waits").isEqualTo(1_000);
        });

        assertThat(last.received())
                .extracting(message -> Samples.text(((Event) message).payload()))
                .containsExactly("[1]", "[2]");
    }

    @Test
    void twoFanOutsOfOnePublisherRunOneAfterTheOther() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN + 1);
        List<Long> servedAtEachTurn = new ArrayList<>();
        inTurn(() -> {
            submit(publish(1, TOPIC));
            submit(publish(2, TOPIC));
            betweenSlices(12, () -> servedAtEachTurn.add(served(subscribers)));
        });

        assertThat(servedAtEachTurn)
                .startsWith(1_000L, 2_000L, 3_000L, 4_000L, 5_000L)
                .endsWith(10_002L);
        assertThat(publisher.asked).containsExactly("long work", "long work", "long work done");
    }

    /** Runs {@code step} now and behind each following slice. */
    private void betweenSlices(int times, Runnable step) {
        step.run();
        if (times > 1) {
            turnstile.runLater(() -> betweenSlices(times - 1, step));
        }
    }

    /** As a realm does it. */
    private void submit(Publish publish) {
        if (!publisher.session.defers(() -> submit(publish))) {
            broker.onPublish(publisher.session, publish, Grant.PLAIN);
        }
    }

    private void leave(Seat seat) {
        seat.session.markLeft();
        broker.onLeave(seat.session, () -> {});
    }

    @Test
    void aPublisherFasterThanMostOfItsReceiversIsSlowedDown() {
        List<Seat> subscribers = audience(100);
        for (int i = 0; i < 400 && publisher.asked.isEmpty(); i++) {
            publish(TOPIC, PublishMessageOptions.DEFAULT);
        }
        assertThat(publisher.asked).containsExactly("long work");
        assertThat(served(subscribers)).isLessThan(40_000);
        assertThat(counters.value(Counter.PUBLISHERS_SLOWED)).isEqualTo(1);
    }

    @Test
    void receiversThatAreSlowerThanMostSlowNobodyDown() {
        List<Seat> subscribers = audience(100);
        subscribers.subList(0, 60).forEach(seat -> seat.connection.flow());
        for (int i = 0; i < 400; i++) {
            publish(TOPIC, PublishMessageOptions.DEFAULT);
        }
        assertThat(publisher.asked).isEmpty();
    }

    @Test
    void aSessionWithManySubscriptionsLeavesInSlices() {
        Seat holder = new Seat(2, Serializer.JSON);
        int held = 2 * Slices.SLICE + 500;
        inTurn(() -> IntStream.range(0, held)
                .forEach(i -> broker.onSubscribe(
                        holder.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, new Uri("com.topic" + i)))));
        List<Integer> leftAtEachTurn = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        inTurn(() -> {
            holder.session.markLeft();
            broker.onLeave(holder.session, () -> ended.add("after " + broker.subscriptions()));
            betweenSlices(3, () -> leftAtEachTurn.add(broker.subscriptions()));
        });
        assertThat(leftAtEachTurn).containsExactly(held - Slices.SLICE, held - 2 * Slices.SLICE, 0);
        assertThat(ended).containsExactly("after 0");
    }

    @Test
    void whoHasLeftGetsAndLosesNoEventsWhileItsSubscriptionsEnd() {
        Seat holder = new Seat(2, Serializer.JSON);
        int held = Slices.SLICE + 500;
        inTurn(() -> IntStream.range(0, held)
                .forEach(i -> broker.onSubscribe(
                        holder.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, new Uri("com.topic" + i)))));
        holder.received();
        inTurn(() -> {
            holder.session.markLeft();
            broker.onLeave(holder.session, () -> {});
            IntStream.range(0, held)
                    .forEach(i ->
                            broker.onPublish(publisher.session, publish(7, new Uri("com.topic" + i)), Grant.PLAIN));
        });
        assertThat(holder.received()).isEmpty();
        assertThat(counters.value(Counter.EVENTS_DROPPED)).isZero();
    }

    @Test
    void theEventsAboutSubscriptionsThatEndCountAsStepsToo() {
        int listeners = 400;
        for (int i = 0; i < listeners; i++) {
            subscribe(new Seat(1_000 + i, Serializer.JSON), new Uri("wamp.subscription.on_unsubscribe"));
        }
        Seat holder = new Seat(2, Serializer.JSON);
        inTurn(() -> IntStream.range(0, 9)
                .forEach(i -> broker.onSubscribe(
                        holder.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, new Uri("com.topic" + i)))));
        List<Integer> leftAtEachTurn = new ArrayList<>();
        inTurn(() -> {
            holder.session.markLeft();
            broker.onLeave(holder.session, () -> {});
            betweenSlices(3, () -> leftAtEachTurn.add(broker.subscriptions() - 1));
        });
        assertThat(leftAtEachTurn).containsExactly(6, 3, 0);
    }

    /** Subscribers that take nothing: their events wait to be counted. */
    private List<Seat> audience(int size) {
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

    private static long served(List<Seat> subscribers) {
        return subscribers.stream()
                .mapToLong(seat -> seat.outbox.waitingMessages())
                .sum();
    }

    private Seat subscriber(long id, Uri topic) {
        Seat seat = new Seat(id, Serializer.JSON);
        subscribe(seat, topic);
        return seat;
    }

    private long subscribe(Seat seat, Uri topic) {
        return subscribe(seat, topic, MatchPolicy.EXACT);
    }

    private long subscribe(Seat seat, Uri topic, MatchPolicy match) {
        SubscribeMessageOptions options = new SubscribeMessageOptions(match, false, List.of(), Dict.EMPTY);
        inTurn(() -> broker.onSubscribe(seat.session, new Subscribe(++request, options, topic)));
        return ((Subscribed) only(seat)).subscription();
    }

    private FromRouter unsubscribe(Seat seat, long subscription) {
        inTurn(() -> broker.onUnsubscribe(seat.session, new Unsubscribe(++request, subscription)));
        return only(seat);
    }

    private void publish(Uri topic, PublishMessageOptions options) {
        inTurn(() ->
                broker.onPublish(publisher.session, new Publish(++request, options, topic, Payload.NONE), Grant.PLAIN));
    }

    private static Publish publish(long request, Uri topic) {
        return new Publish(request, PublishMessageOptions.DEFAULT, topic, Payload.NONE);
    }

    private void inTurn(Runnable operation) {
        try (Pass pass = Pass.open()) {
            turnstile.run(lane, operation);
        }
        while (!workers.isEmpty()) {
            workers.removeFirst().run();
        }
        assertThat(faults).isEmpty();
    }

    private static FromRouter only(Seat seat) {
        List<FromRouter> received = seat.received();
        assertThat(received).hasSize(1);
        return received.getFirst();
    }
}
