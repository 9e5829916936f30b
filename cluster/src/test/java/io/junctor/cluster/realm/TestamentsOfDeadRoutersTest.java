package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Store;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestamentsOfDeadRoutersTest {
    private final RouterGroup routers = RouterGroup.of(3);

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void theRouterThatClearsUpPublishesThemOnceForSubscribersOfAllRouters() {
        Peer here = routers.join(0);
        Peer elsewhere = routers.join(2);
        long subscription = here.subscribe("com.topic");
        elsewhere.subscribe("com.topic");
        Peer victim = routers.join(1);
        add(victim, "last");
        add(victim, "words");
        routers.network().cutOff(routers.id(1));
        clearUp();
        clearUp();
        for (Peer peer : List.of(here, elsewhere)) {
            assertThat(peer.expectEvent(subscription)).containsExactly("last");
            assertThat(peer.expectEvent(subscription)).containsExactly("words");
            peer.expectNothing();
        }
        // Its router publishes them, too, as it does not know that it counts as dead.
        victim.cut();
    }

    @Test
    void thoseOfASessionThatHasEndedOrHasFlushedThemAreNotPublishedAgain() {
        Peer watcher = routers.join(0);
        long subscription = watcher.subscribe("com.topic");
        Peer ended = routers.join(1);
        add(ended, "ended");
        ended.leave();
        assertThat(watcher.expectEvent(subscription)).containsExactly("ended");
        Peer flushed = routers.join(1);
        add(flushed, "flushed");
        flushed.expectResult(flushed.call("wamp.session.flush_testaments"));
        clearUp();
        watcher.expectNothing();
    }

    @Test
    void withoutAnAnswerOfTheStoreTheClientIsTold() {
        Peer client = routers.join(1);
        routers.network().suspend(Store.TESTAMENTS);
        call(client, "lonely");
        routers.settle();
        routers.clock().advance(Duration.ofSeconds(5));
        assertThat(client.expect(ErrorMessage.class).error()).isEqualTo(new Uri("wamp.error.network_failure"));
        routers.network().resume(Store.TESTAMENTS);
    }

    private void clearUp() {
        routers.member(0)
                .publishTestaments(routers.id(1))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static void add(Peer peer, String text) {
        peer.expectResult(call(peer, text));
    }

    private static long call(Peer peer, String text) {
        return peer.call("wamp.session.add_testament", "com.topic", List.of(text), Map.of());
    }
}
