package io.junctor.router.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.metrics.Counter;
import io.junctor.router.session.Samples;
import io.junctor.router.session.Seat;
import io.junctor.router.turn.SlicedWork;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Subscribe;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BrokerTest extends BrokerFixture {
    @Test
    void everySubscriberGetsThePublicationWithOneIdAndItsPayload() {
        Seat one = subscriber(2, TOPIC);
        Seat other = subscriber(3, TOPIC);
        Payload payload = Samples.json("[1,2]");
        inTurn(() -> broker.onPublish(
                publisher.session,
                new Publish(9, PublishMessageOptions.ACKNOWLEDGE, TOPIC, payload),
                SenderDisclosure.PLAIN));

        Published published = (Published) only(publisher);
        Event event = (Event) only(one);
        assertThat(published.request()).isEqualTo(9);
        assertThat(event.publication()).isEqualTo(published.publication());
        assertThat(Samples.text(event.payload())).isEqualTo("[1,2]");
        assertThat(only(other)).usingRecursiveComparison().isEqualTo(event);
        assertThat(counters.value(Counter.EVENTS_SENT)).isEqualTo(2);
    }

    @Test
    void aPublicationWithoutSubscribersIsAcknowledged() {
        publish(TOPIC, PublishMessageOptions.ACKNOWLEDGE);
        assertThat(only(publisher)).isInstanceOf(Published.class);
        publish(TOPIC, PublishMessageOptions.DEFAULT);
        assertThat(publisher.received()).isEmpty();
    }

    @Test
    void whileMemoryIsLowWhatCannotBeRetainedIsNotAcknowledged() {
        Seat reader = subscriber(2, TOPIC);
        heap.report(85, 100);
        publish(TOPIC, retained(true));
        assertThat(((ErrorMessage) only(publisher)).error()).isEqualTo(WampError.LIMIT_EXCEEDED.uri());
        assertThat(reader.received()).isEmpty();

        publish(TOPIC, retained(false));
        assertThat(only(reader)).isInstanceOf(Event.class);
        assertThat(counters.value(Counter.EVENTS_NOT_RETAINED)).isEqualTo(1);
        publish(TOPIC, PublishMessageOptions.ACKNOWLEDGE);
        assertThat(only(publisher)).isInstanceOf(Published.class);
    }

    private static PublishMessageOptions retained(boolean acknowledge) {
        return new PublishMessageOptions(acknowledge, true, false, true, Audience.ALL, null, List.of(), Dict.EMPTY);
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
    void aSessionCannotEndTheSubscriptionOfAnother() {
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
    void aSessionWithManySubscriptionsLeavesInSlices() {
        Seat holder = new Seat(2, Serializer.JSON);
        int held = 2 * SlicedWork.SLICE + 500;
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
        assertThat(leftAtEachTurn).containsExactly(held - SlicedWork.SLICE, held - 2 * SlicedWork.SLICE, 0);
        assertThat(ended).containsExactly("after 0");
    }

    @Test
    void aSessionThatHasLeftReceivesAndDropsNoEventsWhileItsSubscriptionsEnd() {
        Seat holder = new Seat(2, Serializer.JSON);
        int held = SlicedWork.SLICE + 500;
        inTurn(() -> IntStream.range(0, held)
                .forEach(i -> broker.onSubscribe(
                        holder.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, new Uri("com.topic" + i)))));
        holder.received();
        inTurn(() -> {
            holder.session.markLeft();
            broker.onLeave(holder.session, () -> {});
            IntStream.range(0, held)
                    .forEach(i -> broker.onPublish(
                            publisher.session, publish(7, new Uri("com.topic" + i)), SenderDisclosure.PLAIN));
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
}
