package io.junctor.router.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.metrics.Counter;
import io.junctor.router.session.Samples;
import io.junctor.router.session.Seat;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FanOutTest extends BrokerFixture {
    private static final int MANY = 20;
    private static final int STEPS_OF_A_PASS = 10_000;

    @Test
    void fiveThousandSubscribersAreServedInOneTurn() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN);
        inTurn(() -> {
            broker.onPublish(publisher.session, publish(7, TOPIC), SenderDisclosure.PLAIN);
            assertThat(served(subscribers)).isEqualTo(FanOut.MAX_IN_ONE_TURN);
        });
        assertThat(publisher.asked).isEmpty();
    }

    @Test
    void moreSubscribersAreServedInSlicesBetweenWhichOtherSessionsGetATurn() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN + 1);
        List<Long> servedAtEachTurn = new ArrayList<>();
        inTurn(() -> {
            broker.onPublish(publisher.session, publish(7, TOPIC), SenderDisclosure.PLAIN);
            betweenSlices(6, () -> servedAtEachTurn.add(served(subscribers)));
        });

        assertThat(servedAtEachTurn).containsExactly(1_000L, 2_000L, 3_000L, 4_000L, 5_000L, 5_001L);
        assertThat(publisher.asked).containsExactly("long work", "long work done");
        assertThat(counters.value(Counter.EVENTS_SENT)).isEqualTo(FanOut.MAX_IN_ONE_TURN + 1);
    }

    @Test
    void subscribersOfAllMatchingSubscriptionsAreSlicedTogether() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN);
        Seat watcher = new Seat(900_000, Serializer.JSON);
        subscribe(watcher, new Uri("com."), MatchPolicy.PREFIX);
        Seat late = new Seat(900_001, Serializer.JSON);
        inTurn(() -> {
            broker.onPublish(publisher.session, publish(7, TOPIC), SenderDisclosure.PLAIN);
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
    void aSessionThatLeavesBetweenSlicesIsSkippedAndANewSubscriberReceivesNothing() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN + 500);
        Seat late = new Seat(900_000, Serializer.JSON);
        inTurn(() -> {
            broker.onPublish(publisher.session, publish(7, TOPIC), SenderDisclosure.PLAIN);
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
    void fanOutEndsIfAllSubscribersLeave() {
        List<Seat> subscribers = audience(FanOut.MAX_IN_ONE_TURN + 1);
        inTurn(() -> {
            broker.onPublish(publisher.session, publish(7, TOPIC), SenderDisclosure.PLAIN);
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
    void aFewSlowReceiversDoNotPauseThePublisher() {
        List<Seat> subscribers = audience(100);
        subscribers.subList(0, 60).forEach(seat -> seat.connection.flow());
        for (int i = 0; i < 400; i++) {
            publish(TOPIC, PublishMessageOptions.DEFAULT);
        }
        assertThat(publisher.asked).isEmpty();
    }

    @Test
    void aPublisherIsSlowedDownWhileAllOutboxesTogetherHoldTooMuchForItsReceivers() {
        List<Seat> subscribers = audience(MANY);
        publish(TOPIC, PublishMessageOptions.DEFAULT);
        assertThat(publisher.asked).isEmpty();
        subscribers.forEach(seat -> {
            seat.session.budget().outboxes(Integer.MAX_VALUE);
            seat.session.budget().add(Seat.PRESSURE_FROM + 1);
        });
        publish(TOPIC, PublishMessageOptions.DEFAULT);
        assertThat(counters.value(Counter.EVENTS_DROPPED)).isEqualTo(MANY);
        assertThat(publisher.asked).containsExactly("long work");
        assertThat(counters.value(Counter.PUBLISHERS_SLOWED)).isEqualTo(1);
    }

    @Test
    void receiversWithFullOutboxesDoNotPauseThePublisher() {
        fullOutboxes(MANY);
        publish(TOPIC, PublishMessageOptions.DEFAULT);
        assertThat(counters.value(Counter.EVENTS_DROPPED)).isEqualTo(MANY);
        assertThat(publisher.asked).isEmpty();
    }

    @Test
    void eventsThatAreDroppedCountAsWorkOfThePass() {
        int receivers = 1_000;
        fullOutboxes(receivers);
        inTurn(() -> {
            for (int i = 0; i < STEPS_OF_A_PASS / receivers; i++) {
                assertThat(Pass.current().isSpent()).isFalse();
                broker.onPublish(publisher.session, publish(++request, TOPIC), SenderDisclosure.PLAIN);
            }
            assertThat(Pass.current().isSpent()).isTrue();
        });
        assertThat(counters.value(Counter.EVENTS_DROPPED)).isEqualTo(STEPS_OF_A_PASS);
    }

    @Test
    void receiversThatMayNotGetTheEventCountAsWorkOfThePass() {
        int subscribers = 1_000;
        List<Seat> audience = audience(subscribers);
        Audience none = new Audience(null, null, null, List.of(1L), null, null);
        PublishMessageOptions toNobody =
                new PublishMessageOptions(false, true, false, false, none, null, List.of(), Dict.EMPTY);
        inTurn(() -> {
            for (int i = 0; i < STEPS_OF_A_PASS / subscribers; i++) {
                assertThat(Pass.current().isSpent()).isFalse();
                broker.onPublish(
                        publisher.session,
                        new Publish(++request, toNobody, TOPIC, Samples.json("[1]")),
                        SenderDisclosure.PLAIN);
            }
            assertThat(Pass.current().isSpent()).isTrue();
        });
        assertThat(served(audience)).isZero();
    }

    /** Subscribers whose outboxes take nothing more. */
    private void fullOutboxes(int size) {
        for (int i = 0; i < size; i++) {
            Seat seat = new Seat(100 + i, Serializer.JSON, Seat.SMALL, Seat.allRoles(Set.of()));
            subscribe(seat, TOPIC);
            seat.connection.hold();
        }
        while (counters.value(Counter.EVENTS_SENT) < (long) size * Seat.SMALL.outboxMessages()) {
            publish(TOPIC, PublishMessageOptions.DEFAULT);
        }
    }
}
