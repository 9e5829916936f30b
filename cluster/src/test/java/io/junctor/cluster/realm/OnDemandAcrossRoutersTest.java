package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.spi.HistoryTopic;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a realm on demand keeps goes when it has ended on all routers. */
class OnDemandAcrossRoutersTest {
    private static final String REALM = "tenant-a";
    private static final HistoryTopic TOPIC =
            new HistoryTopic(new Uri("com.topic"), MatchPolicy.EXACT, 50, Duration.ofHours(1), 1 << 20);

    private final RouterGroup routers = RouterGroup.of(3);

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void itStaysWhileTheRealmIsOnAnotherRouter() {
        Peer writer = join(0);
        Peer stays = join(1);
        retain(writer);
        end(writer);
        assertThat(routers.stored(REALM, TOPIC)).isEqualTo(1);
        Peer late = join(0);
        assertThat(hasRetained(late)).isTrue();
        stays.expectNothing();
    }

    @Test
    void itGoesWithTheLastRouterOfTheRealm() {
        Peer writer = join(0);
        Peer other = join(1);
        retain(writer);
        end(writer);
        end(other);
        assertThat(routers.stored(REALM, TOPIC)).isZero();
        Peer late = join(2);
        assertThat(hasRetained(late)).isFalse();
        assertThat(hasRetained(join(0))).isFalse();
    }

    @Test
    void itStaysIfARouterDoesNotAnswer() {
        Peer writer = join(0);
        retain(writer);
        routers.settle();
        routers.hold(2);
        end(writer);
        routers.release(2);
        routers.settle();
        assertThat(routers.stored(REALM, TOPIC)).isEqualTo(1);
        assertThat(hasRetained(join(1))).isTrue();
    }

    private Peer join(int router) {
        return routers.join(router, REALM, Peer.PLAIN);
    }

    /** Lets the realm end on the router of its last session there. */
    private void end(Peer last) {
        last.leave();
        routers.pass(RouterGroup.IDLE.plusSeconds(5));
    }

    private static void retain(Peer peer) {
        PublishMessageOptions options =
                new PublishMessageOptions(true, true, false, true, Audience.ALL, null, List.of(), Dict.EMPTY);
        peer.send(new Publish(peer.nextRequest(), options, new Uri("com.topic"), peer.payload(1L)));
        peer.expect(Published.class);
    }

    private boolean hasRetained(Peer peer) {
        routers.settle();
        SubscribeMessageOptions options = new SubscribeMessageOptions(MatchPolicy.EXACT, true, List.of(), Dict.EMPTY);
        peer.send(new Subscribe(peer.nextRequest(), options, new Uri("com.topic")));
        peer.expect(Subscribed.class);
        routers.settle();
        boolean has = ((MemoryTransport) peer.transport()).unreadMessages() > 0;
        if (has) {
            peer.expect(Event.class);
        }
        return has;
    }
}
