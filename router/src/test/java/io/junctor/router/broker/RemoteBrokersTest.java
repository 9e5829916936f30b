package io.junctor.router.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.session.Samples;
import io.junctor.router.session.Seat;
import io.junctor.router.spi.Action;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteBrokersTest extends BrokerFixture {
    private final RecordedLink link = new RecordedLink();
    private final Broker shared = broker(link);
    private final Seat reader = new Seat(2, Serializer.JSON);

    @Test
    void subscribedComesWhenOtherRoutersKnowTheInterest() {
        inTurn(() -> shared.onSubscribe(reader.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, TOPIC)));
        assertThat(reader.received()).isEmpty();
        assertThat(link.interest()).containsExactly("com.topic exact");

        link.answerEcho();
        assertThat(((Subscribed) only(reader)).subscription()).isEqualTo(link.subscriptionId(TOPIC, MatchPolicy.EXACT));
    }

    @Test
    void aSecondSubscriberIsAnsweredAtOnce() {
        subscribe(reader);
        Seat other = new Seat(3, Serializer.JSON);
        inTurn(() -> shared.onSubscribe(other.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, TOPIC)));
        assertThat(only(other)).isInstanceOf(Subscribed.class);
        assertThat(link.interest()).containsExactly("com.topic exact");
    }

    @Test
    void answersKeepTheOrderOfTheRequestsOfASession() {
        Seat other = new Seat(3, Serializer.JSON);
        subscribe(other);
        inTurn(() -> {
            shared.onSubscribe(reader.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, OTHER));
            shared.onSubscribe(reader.session, new Subscribe(2, SubscribeMessageOptions.DEFAULT, TOPIC));
        });
        assertThat(reader.received()).isEmpty();

        link.answerEcho();
        assertThat(reader.received())
                .extracting(message -> ((Subscribed) message).request())
                .containsExactly(1L, 2L);
    }

    @Test
    void waitingRequestsCountAgainstTheLimitOfSubscriptions() {
        int limit = reader.session.limits().subscriptions();
        inTurn(() -> {
            for (int i = 0; i <= limit; i++) {
                Uri topic = new Uri("com.topic" + i);
                shared.onSubscribe(reader.session, new Subscribe(i + 1, SubscribeMessageOptions.DEFAULT, topic));
            }
        });
        assertThat(((ErrorMessage) only(reader)).request()).isEqualTo(limit + 1L);
        assertThat(link.interest()).hasSize(limit);
    }

    @Test
    void interestEndsWithTheLastSubscriber() {
        long subscription = subscribe(reader);
        Seat other = new Seat(3, Serializer.JSON);
        inTurn(() -> shared.onSubscribe(other.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, TOPIC)));
        inTurn(() -> shared.onUnsubscribe(reader.session, new Unsubscribe(2, subscription)));
        assertThat(link.interest()).containsExactly("com.topic exact");
        inTurn(() -> {
            other.session.markLeft();
            shared.onLeave(other.session, () -> {});
        });
        assertThat(link.interest()).isEmpty();
    }

    @Test
    void interestEndsIfTheSessionLeavesBeforeItIsSubscribed() {
        inTurn(() -> shared.onSubscribe(reader.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, TOPIC)));
        inTurn(() -> {
            reader.session.markLeft();
            shared.onLeave(reader.session, () -> {});
        });
        link.answerEcho();
        assertThat(link.interest()).isEmpty();
        assertThat(shared.subscriptions()).isZero();
    }

    @Test
    void aPublicationGoesToOtherRoutersWithItsReceivers() {
        Audience audience = new Audience(List.of(7L), List.of("ann"), null, List.of(), null, List.of("b", "a"));
        PublishMessageOptions options =
                new PublishMessageOptions(false, true, false, false, audience, null, List.of(), Dict.EMPTY);
        inTurn(() -> shared.onPublish(
                publisher.session, new Publish(1, options, TOPIC, Samples.json("[1]")), SenderDisclosure.PLAIN));
        SharedEvent event = link.published(TOPIC);
        assertThat(event.receivers()).isEqualTo(new SharedEvent.Receivers(publisher.session.id(), audience, null));
    }

    @Test
    void anEventOfAnotherRouterReachesWhoMayReceiveIt() {
        subscribe(reader);
        Seat excluded = new Seat(3, Serializer.JSON);
        subscribe(excluded);
        Audience audience = new Audience(List.of(3L), null, null, null, null, null);
        inTurn(() -> shared.onPublish(
                publisher.session,
                new Publish(
                        1,
                        new PublishMessageOptions(false, true, false, false, audience, null, List.of(), Dict.EMPTY),
                        TOPIC,
                        Samples.json("[1]")),
                SenderDisclosure.PLAIN));
        reader.received();
        SharedEvent event = link.published(TOPIC);
        inTurn(() -> shared.onRemoteEvent(event));
        assertThat(((Event) only(reader)).publication()).isEqualTo(event.publication());
        assertThat(excluded.received()).isEmpty();
    }

    @Test
    void aMetaEventGoesToOtherRoutersWithThePermissionItNeeds() {
        PermissionQuery needed = new PermissionQuery(Action.CALL, new Uri("com.secret"), MatchPolicy.EXACT);
        Uri topic = new Uri("wamp.registration.on_create");
        inTurn(() -> shared.announce(topic, needed, () -> Arguments.of(1L)));
        SharedEvent event = link.published(topic);
        assertThat(event.receivers().needed())
                .isEqualTo(new SharedEvent.Permission(Action.CALL, new Uri("com.secret"), MatchPolicy.EXACT));
    }

    private long subscribe(Seat seat) {
        inTurn(() -> shared.onSubscribe(seat.session, new Subscribe(1, SubscribeMessageOptions.DEFAULT, TOPIC)));
        link.answerEcho();
        FromRouter answer = only(seat);
        return ((Subscribed) answer).subscription();
    }
}
