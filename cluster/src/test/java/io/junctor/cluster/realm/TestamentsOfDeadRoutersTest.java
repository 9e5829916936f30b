package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
        // The store has taken that the session has joined.
        routers.settle();
        routers.network().suspend(Store.TESTAMENTS);
        call(client, "lonely");
        routers.settle();
        routers.clock().advance(Duration.ofSeconds(5));
        assertThat(client.expect(ErrorMessage.class).error()).isEqualTo(new Uri("wamp.error.network_failure"));
        routers.network().resume(Store.TESTAMENTS);
    }

    @Test
    void aTestamentWhoseRemovalIsUncertainIsPublishedOnce() {
        Peer watcher = routers.join(0);
        long subscription = watcher.subscribe("com.topic");
        add(routers.join(1), "last");
        routers.network().cutOff(routers.id(1));
        // The store answers what it has, but not whether it has removed it.
        routers.hold(0);
        CompletableFuture<Void> cleared =
                routers.member(0).publishTestaments(routers.id(1)).toCompletableFuture();
        routers.settle();
        routers.network().suspend(Store.TESTAMENTS);
        routers.release(0);
        routers.settle();
        routers.clock().advance(Duration.ofSeconds(5));
        routers.settle();
        assertThat(cleared).isCompletedExceptionally();
        assertThat(watcher.expectEvent(subscription)).containsExactly("last");
        routers.network().resume(Store.TESTAMENTS);
        clearUp();
        watcher.expectNothing();
    }

    @Test
    void whatASessionThatEndedWithoutConnectionPublishedItselfIsNotPublishedAgain() {
        Peer watcher = routers.join(1);
        long subscription = watcher.subscribe("com.topic");
        Peer ended = routers.join(1);
        add(ended, "last");
        routers.network().cutOff(routers.id(1));
        ended.leave();
        assertThat(watcher.expectEvent(subscription)).containsExactly("last");
        routers.settle();
        routers.network().reconnect(routers.id(1));
        // The router writes again what the store did not take.
        routers.clock().advance(Duration.ofSeconds(1));
        routers.settle();
        clearUp();
        watcher.expectNothing();
    }

    @Test
    void theSessionsOfADeadRouterLeaveOnceForTheSubscribersOfAllRouters() {
        Peer here = routers.join(0);
        Peer elsewhere = routers.join(2);
        long subscription = here.subscribe("wamp.session.on_leave");
        elsewhere.subscribe("wamp.session.on_leave");
        Peer gone = routers.join(1);
        long before = gone.session();
        gone.leave();
        for (Peer peer : List.of(here, elsewhere)) {
            assertThat(peer.expectEvent(subscription)).startsWith(before);
        }
        Peer victim = routers.join(1);
        routers.settle();
        routers.network().cutOff(routers.id(1));
        clearUp();
        clearUp();
        for (Peer peer : List.of(here, elsewhere)) {
            List<Object> left = peer.expectEvent(subscription);
            assertThat(left).hasSize(3).startsWith(victim.session()).endsWith("anonymous");
            peer.expectNothing();
        }
        // Otherwise the first one that leaves is told to the other one, which expects GOODBYE.
        List.of(here, elsewhere, victim).forEach(Peer::cut);
    }

    @Test
    void aRouterThatEndsTellsThatItsSessionsHaveLeft() {
        Peer here = routers.join(0);
        long onLeave = here.subscribe("wamp.session.on_leave");
        long topic = here.subscribe("com.topic");
        Peer victim = routers.join(1);
        long session = victim.session();
        add(victim, "last");
        routers.stop(1);
        assertThat(here.expectEvent(topic)).containsExactly("last");
        assertThat(here.expectEvent(onLeave)).startsWith(session);
        here.expectNothing();
    }

    @Test
    void aRouterThatCountsAsDeadPublishesNothingAtItsEnd() {
        Peer here = routers.join(0);
        long topic = here.subscribe("com.topic");
        long onLeave = here.subscribe("wamp.session.on_leave");
        Peer victim = routers.join(1);
        long session = victim.session();
        add(victim, "last");
        routers.member(1).exclude();
        clearUp();
        routers.stop(1);
        assertThat(here.expectEvent(topic)).containsExactly("last");
        assertThat(here.expectEvent(onLeave)).startsWith(session);
        here.expectNothing();
    }

    @Test
    void aRouterThatMayCountAsDeadStoresThemWhenItKnowsThatItDoesNot() {
        Peer watcher = routers.join(0);
        long subscription = watcher.subscribe("com.topic");
        Peer client = routers.join(1);
        routers.settle();
        routers.mayServeExclusively(1, false);
        call(client, "last");
        routers.settle();
        clearUp();
        routers.pass(Duration.ofSeconds(7));
        assertThat(client.expect(ErrorMessage.class).error()).isEqualTo(new Uri("wamp.error.network_failure"));
        // No router would clear up a second time.
        assertThat(storedOf(routers.id(1))).isEmpty();
        routers.mayServeExclusively(1, true);
        routers.pass(Duration.ofSeconds(2));
        clearUp();
        assertThat(watcher.expectEvent(subscription)).containsExactly("last");
        // Its router publishes it, too, as it does not count as dead.
        List.of(watcher, client).forEach(Peer::cut);
    }

    @Test
    void aRouterThatMayCountAsDeadDoesNotTellThatASessionHasEnded() {
        Peer here = routers.join(0);
        long topic = here.subscribe("com.topic");
        long onLeave = here.subscribe("wamp.session.on_leave");
        Peer victim = routers.join(1);
        long session = victim.session();
        add(victim, "last");
        routers.mayServeExclusively(1, false);
        // As while it was paused.
        victim.cut();
        routers.settle();
        here.expectNothing();
        clearUp();
        assertThat(here.expectEvent(topic)).containsExactly("last");
        assertThat(here.expectEvent(onLeave)).startsWith(session);
        routers.member(1).exclude();
        routers.pass(Duration.ofSeconds(6));
        here.expectNothing();
    }

    @Test
    void whatIsStoredOfARouterThatIsNotInTheClusterIsRemoved() {
        RouterId stranger = new RouterId(-99);
        try (Engine engine = routers.network().open(stranger)) {
            Records records = engine.records(Store.TESTAMENTS);
            for (String key : List.of("no.record", TestamentStore.prefix(stranger) + "17")) {
                assertThat(records.put(key, new byte[] {1})).succeedsWithin(Duration.ofSeconds(10));
            }
        }
        routers.join(0);
        routers.settle();
        routers.member(0).onInSync();
        routers.settle();
        routers.pass(Duration.ofSeconds(6));
        assertThat(storedOf(stranger)).isEmpty();
        assertThat(storedOf(routers.id(0))).hasSize(1);
    }

    private List<String> storedOf(RouterId router) {
        return routers.network().keys(Store.TESTAMENTS).stream()
                .filter(key -> key.startsWith(TestamentStore.prefix(router)))
                .toList();
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
