package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Store;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What PUBLISHED promises where several routers have the realm. */
class AcknowledgementsTest {
    private static final Uri NETWORK_FAILURE = new Uri("wamp.error.network_failure");

    private final RouterGroup routers = RouterGroup.of(2);

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void withoutConnectionThePublisherIsToldAndSubscribersOfItsRouterGetTheEvent() {
        Peer writer = routers.join(0);
        Peer reader = routers.join(0);
        long subscription = reader.subscribe("com.topic");
        routers.network().cutOff(routers.id(0));
        publish(writer, true, false, 1L);
        ErrorMessage error = writer.expect(ErrorMessage.class);
        assertThat(error.error()).isEqualTo(NETWORK_FAILURE);
        assertThat(reader.expectEvent(subscription)).containsExactly(1L);
        writer.publishUnacknowledged("com.topic", 2L);
        assertThat(reader.expectEvent(subscription)).containsExactly(2L);
        // What is lost before does not count.
        routers.network().reconnect(routers.id(0));
        routers.settle();
        publish(writer, true, false, 3L);
        writer.expect(Published.class);
        assertThat(reader.expectEvent(subscription)).containsExactly(3L);
    }

    @Test
    void aRouterWithoutOthersAsksNobody() {
        Peer writer = routers.join(0);
        routers.stop(1);
        routers.network().cutOff(routers.id(0));
        publish(writer, true, false, 1L);
        writer.expect(Published.class);
        routers.network().reconnect(routers.id(0));
    }

    @Test
    void aRetainedEventIsAcknowledgedWhenItIsStored() {
        Peer writer = routers.join(0);
        routers.network().suspend(Store.RETAINED);
        publish(writer, true, true, 1L);
        routers.settle();
        writer.expectNothing();
        routers.network().resume(Store.RETAINED);
        writer.expect(Published.class);
        routers.network().suspend(Store.RETAINED);
        publish(writer, true, true, 2L);
        routers.settle();
        routers.clock().advance(Duration.ofSeconds(5));
        ErrorMessage error = writer.expect(ErrorMessage.class);
        assertThat(error.error()).isEqualTo(NETWORK_FAILURE);
        assertThat(String.valueOf(writer.arguments(error.payload()).positional().getFirst()))
                .startsWith("the event may have reached only the subscribers of this router, and may not be kept: the"
                        + " store did not take the retained event");
        routers.network().resume(Store.RETAINED);
    }

    @Test
    void publishedComesBeforeTheEventThatThePublisherReceivesItself() {
        Peer writer = routers.join(0);
        long subscription = writer.subscribe("com.topic");
        for (long i = 0; i < 100; i++) {
            publish(writer, false, false, i);
        }
        for (long i = 0; i < 100; i++) {
            FromRouter first = writer.expect(FromRouter.class);
            assertThat(first).isInstanceOf(Published.class);
            assertThat(writer.expectEvent(subscription)).containsExactly(i);
        }
    }

    @Test
    void acknowledgementsAndEventsOfAPublisherKeepTheirOrder() {
        Peer writer = routers.join(0);
        Peer here = routers.join(0);
        Peer elsewhere = routers.join(1);
        long subscription = here.subscribe("com.topic");
        elsewhere.subscribe("com.topic");
        routers.network().suspend(Store.RETAINED);
        long first = publish(writer, true, true, 0L);
        for (long i = 1; i < 2_000; i++) {
            publish(writer, true, false, i);
        }
        routers.settle();
        routers.network().resume(Store.RETAINED);
        List<Long> requests = new ArrayList<>();
        for (long i = 0; i < 2_000; i++) {
            requests.add(writer.expect(Published.class).request());
        }
        assertThat(requests).hasSize(2_000).doesNotHaveDuplicates().contains(first);
        for (Peer peer : List.of(here, elsewhere)) {
            for (long i = 0; i < 2_000; i++) {
                Event event = peer.expect(Event.class);
                assertThat(event.subscription()).isEqualTo(subscription);
                assertThat(peer.arguments(event.payload()).positional()).containsExactly(i);
            }
        }
    }

    @Test
    void aPublisherPausesWhileTheWayToOtherRoutersIsFull() {
        Peer writer = routers.join(0);
        Peer other = routers.join(0);
        Peer reader = routers.join(1);
        long subscription = reader.subscribe("com.topic");
        routers.network().fill(routers.id(0));
        writer.publishUnacknowledged("com.topic", 1L);
        routers.settle();
        writer.publishUnacknowledged("com.topic", 2L);
        routers.settle();
        writer.publishUnacknowledged("com.topic", 3L);
        assertThat(reader.expectEvent(subscription)).containsExactly(1L);
        routers.settle();
        // What is no publication of that session goes on.
        other.expectResult(other.call("wamp.session.count"));
        assertThat(reader.expectEvent(subscription)).containsExactly(2L);
        reader.expectNothing();
        routers.network().empty(routers.id(0));
        assertThat(reader.expectEvent(subscription)).containsExactly(3L);
        writer.publish("com.topic", 4L);
        assertThat(reader.expectEvent(subscription)).containsExactly(4L);
    }

    private static long publish(Peer peer, boolean excludeMe, boolean retain, long value) {
        PublishMessageOptions options =
                new PublishMessageOptions(true, excludeMe, false, retain, Audience.ALL, null, List.of(), Dict.EMPTY);
        long request = peer.nextRequest();
        peer.send(new Publish(request, options, new Uri("com.topic"), peer.payload(value)));
        return request;
    }
}
