package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Store;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetainedAcrossRoutersTest {
    private final RouterGroup routers = RouterGroup.of(3);

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void aLaterSubscriberGetsTheLastEventOfATopicOnWhicheverRouterItIs() {
        Peer writer = routers.join(0);
        retain(writer, "com.topic", 1L);
        retain(routers.join(1), "com.topic", 2L);
        Peer reader = routers.join(2);
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> lastOf(routers.join(2)) == 2L);
        subscribe(reader, "com.topic");
        Event event = reader.expect(Event.class);
        assertThat(event.details().retained()).isTrue();
        assertThat(reader.arguments(event.payload()).positional()).containsExactly(2L);
        reader.expectNothing();
    }

    @Test
    void aSubscriberIsToldEachEventOnce() {
        Peer writer = routers.join(0);
        Peer reader = routers.join(1);
        subscribe(reader, "com.topic");
        for (long i = 0; i < 100; i++) {
            retain(writer, "com.topic", i);
        }
        for (long i = 0; i < 100; i++) {
            Event event = reader.expect(Event.class);
            assertThat(event.details().retained()).isFalse();
            assertThat(reader.arguments(event.payload()).positional()).containsExactly(i);
        }
        reader.expectNothing();
    }

    @Test
    void aRouterThatBeginsLaterKnowsWhatWasRetainedBefore() {
        Peer writer = routers.join(0);
        retain(writer, "com.topic", 1L);
        retain(writer, "com.topic", 2L);
        retain(writer, "com.other", 3L);
        int late = routers.add();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> lastOf(routers.join(late)) == 2L);
    }

    @Test
    void whatARouterMissedWhileItWasCutOffIsThereWhenItIsBack() {
        Peer writer = routers.join(0);
        retain(writer, "com.topic", 1L);
        routers.network().cutOff(routers.id(2));
        retain(writer, "com.topic", 2L);
        routers.network().reconnect(routers.id(2));
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> lastOf(routers.join(2)) == 2L);
    }

    @Test
    void whatARouterRetainedWhileItWasCutOffReachesTheOthersWhenItIsBack() {
        Peer writer = routers.join(0);
        retain(writer, "com.topic", 1L);
        retain(routers.join(1), "com.topic", 2L);
        routers.settle();
        afterTheDoubt();
        routers.network().cutOff(routers.id(0));
        publish(writer, false, "com.topic", 3L);
        publish(writer, true, "com.topic", 4L);
        publish(writer, true, "com.other", 5L);
        for (int i = 0; i < 2; i++) {
            assertThat(writer.expect(ErrorMessage.class).error()).isEqualTo(WampError.NETWORK_FAILURE.uri());
        }
        routers.network().reconnect(routers.id(0));
        afterTheDoubt();
        for (int router = 0; router < 3; router++) {
            assertThat(lastOf(routers.join(router), "com.topic")).isEqualTo(4);
            assertThat(lastOf(routers.join(router), "com.other")).isEqualTo(5);
        }
        int late = routers.add();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> lastOf(routers.join(late)) == 4L);
    }

    @Test
    void whatTheOthersRetainedMeanwhileRemainsIfItIsLater() {
        Peer writer = routers.join(0);
        Peer other = routers.join(1);
        retain(writer, "com.topic", 1L);
        routers.settle();
        afterTheDoubt();
        routers.network().cutOff(routers.id(0));
        publish(writer, false, "com.topic", 2L);
        retain(other, "com.topic", 3L);
        retain(other, "com.topic", 4L);
        routers.network().reconnect(routers.id(0));
        afterTheDoubt();
        for (int router = 0; router < 3; router++) {
            assertThat(lastOf(routers.join(router))).isEqualTo(4);
        }
        int late = routers.add();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> lastOf(routers.join(late)) == 4L);
    }

    @Test
    void anEventThatTheStoreDidNotTakeInTimeIsStoredLater() {
        Peer writer = routers.join(0);
        retain(writer, "com.topic", 1L);
        routers.settle();
        routers.network().suspend(Store.RETAINED);
        publish(writer, true, "com.topic", 2L);
        publish(writer, true, "com.topic", 3L);
        for (int i = 0; i < 2; i++) {
            afterTheDoubt();
            assertThat(writer.expect(ErrorMessage.class).error()).isEqualTo(WampError.NETWORK_FAILURE.uri());
        }
        routers.network().resume(Store.RETAINED);
        afterTheDoubt();
        int late = routers.add();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> lastOf(routers.join(late)) == 3L);
    }

    @Test
    void aStoreThatWasEmptiedIsFilledAgain() {
        Peer writer = routers.join(1);
        for (int i = 0; i < 200; i++) {
            retain(writer, "com.topic" + i, i);
        }
        retain(writer, "com.topic", 1L);
        routers.settle();
        routers.network().wipe(Store.RETAINED);
        readAgain(0);
        routers.pass(Duration.ofSeconds(2));
        int late = routers.add();
        routers.settle();
        assertThat(lastOf(routers.join(late))).isEqualTo(1);
        assertThat(lastOf(routers.join(late), "com.topic199")).isEqualTo(199);
    }

    @Test
    void aRouterFillsTheStoreInItsTurnIfThoseBeforeItDoNot() {
        Peer writer = routers.join(1);
        retain(writer, "com.topic", 1L);
        routers.settle();
        routers.network().wipe(Store.RETAINED);
        readAgain(2);
        routers.pass(Duration.ofSeconds(22));
        int late = routers.add();
        routers.settle();
        assertThat(lastOf(routers.join(late))).isEqualTo(1);
    }

    /** A router reads the stores again. */
    private void readAgain(int router) {
        routers.network().cutOff(routers.id(router));
        routers.settle();
        routers.network().reconnect(routers.id(router));
        routers.settle();
    }

    /** Lets the time pass in which a router stores again what the store did not take, and the others look what they have missed. */
    private void afterTheDoubt() {
        for (int i = 0; i < 10; i++) {
            routers.settle();
            routers.clock().advance(Duration.ofSeconds(1));
        }
        routers.settle();
    }

    /** What a new subscriber is told first, or 0. */
    private static long lastOf(Peer peer) {
        return lastOf(peer, "com.topic");
    }

    private static long lastOf(Peer peer, String topic) {
        subscribe(peer, topic);
        long request = peer.nextRequest();
        peer.send(new Publish(request, PublishMessageOptions.ACKNOWLEDGE, new Uri("com.mark"), peer.payload()));
        return switch (peer.expect(FromRouter.class)) {
            case Event event -> {
                peer.expect(Published.class);
                yield (Long) peer.arguments(event.payload()).positional().getFirst();
            }
            default -> 0;
        };
    }

    private static void subscribe(Peer peer, String topic) {
        peer.send(new Subscribe(
                peer.nextRequest(),
                new SubscribeMessageOptions(MatchPolicy.EXACT, true, List.of(), Dict.EMPTY),
                new Uri(topic)));
        peer.expect(Subscribed.class);
    }

    private static void retain(Peer peer, String topic, long value) {
        publish(peer, true, topic, value);
        peer.expect(Published.class);
    }

    private static void publish(Peer peer, boolean acknowledge, String topic, long value) {
        PublishMessageOptions options =
                new PublishMessageOptions(acknowledge, true, false, true, Audience.ALL, null, List.of(), Dict.EMPTY);
        peer.send(new Publish(peer.nextRequest(), options, new Uri(topic), peer.payload(value)));
    }
}
