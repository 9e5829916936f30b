package io.junctor.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.Store;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmSharing;
import io.junctor.router.config.RealmSharing.EngineLost;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterMemberTest {
    private final Members members = new Members();

    @AfterEach
    void stopRouters() {
        members.close();
    }

    @Test
    void clientsJoinWhenTheRouterHasComeIntoTheCluster() {
        AtomicBoolean isUp = new AtomicBoolean();
        Members.Started router = members.begin(
                1,
                id -> {
                    if (!isUp.get()) {
                        throw new EngineException("no server answers", true);
                    }
                    return members.network.open(id);
                },
                RealmConfig.open(Members.REALM));
        members.clock.advance(Duration.ofSeconds(5));
        assertThat(router.member().fault()).isEqualTo("no server answers");
        assertThat(router.member().problem()).isEqualTo("the router has no connection to its cluster yet");
        assertThat(router.member().awaitInSync(Duration.ZERO)).isFalse();
        Peer early = router.connect();
        early.sendList(Hello.CODE, Members.REALM, Map.of("roles", Map.of("caller", Map.of())));
        assertThat(early.expectAbort(WampError.NETWORK_FAILURE).details().message())
                .isEqualTo("the router has not come into its cluster yet: try again later, or another router");

        isUp.set(true);
        members.advanceUntil(() -> router.member().problem() == null);
        members.advanceUntil(() -> router.member().admitsSessions());
        assertThat(router.member().awaitInSync(Duration.ZERO)).isTrue();
        router.join();
    }

    @Test
    void theProceduresOfARouterThatDiedAreFree() {
        Members.Started first = members.start(1);
        Members.Started second = members.start(2);
        Peer callee = second.join();
        callee.register("com.procedure");
        Peer other = first.join();
        long call = other.call("com.procedure", 1L);
        callee.answer(callee.expect(Invocation.class), 2L);
        other.expectResult(call);
        refuseRegister(other);

        members.network.cutOff(second.id());
        members.advanceUntil(members::isRegistryEmpty);
        other.register("com.procedure");
        assertThat(first.member().problem()).isNull();
    }

    @Test
    void aCallToARouterThatDiedIsAnswered() {
        Members.Started first = members.start(1);
        Members.Started second = members.start(2);
        Peer callee = second.join();
        callee.register("com.procedure");
        Peer caller = first.join();
        long call = caller.call("com.procedure", 1L);
        callee.expect(Invocation.class);

        members.network.cutOff(second.id());
        members.advanceUntil(members::isRegistryEmpty);
        caller.expectError(Call.CODE, call, WampError.CANCELED);
    }

    @Test
    void aRouterThatStopsTakesItselfOffAtOnce() {
        Members.Started first = members.start(1);
        Members.Started second = members.start(2);
        second.join().register("com.procedure");
        Peer other = first.join();
        refuseRegister(other);

        second.stop();
        assertThat(second.member().problem()).isEqualTo("the router leaves the cluster");
        members.advanceUntil(members::isRegistryEmpty);
        other.register("com.procedure");
        second.stop();
    }

    @Test
    void aRouterThatWasDeclaredDeadAdmitsNoClients() {
        members.start(1);
        Members.Started second = members.start(2);
        second.join().register("com.procedure");
        members.network.cutOff(second.id());
        assertThat(second.member().problem()).isEqualTo("the connection to the cluster is lost");
        assertThat(second.member().admitsSessions()).isTrue();
        members.advanceUntil(members::isRegistryEmpty);
        members.network.reconnect(second.id());
        members.advanceUntil(
                () -> second.member().excluded().toCompletableFuture().isDone());
        assertThat(second.member().admitsSessions()).isFalse();
        assertThat(second.member().problem()).isEqualTo("the other routers of the cluster have declared this one dead");
    }

    @Test
    void whileAllRoutersAreWithoutConnectionTheirSessionsStayAndExclusiveCallsWait() {
        Members.Started first = members.start(1);
        Members.Started second = members.start(2);
        MemoryTransport transport = MemoryTransport.open(first.router(), Serializer.JSON, ListenerLimits.DEFAULT);
        Peer callee = new Peer(transport);
        callee.join(Members.REALM);
        callee.register("com.procedure");
        Peer caller = first.join();
        List.of(first, second).forEach(router -> members.network.cutOff(router.id()));
        members.advance(Duration.ofMillis(1_500));
        long call = caller.call("com.procedure");
        members.advance(Duration.ofSeconds(3));
        callee.expectNothing();

        List.of(first, second).forEach(router -> members.network.reconnect(router.id()));
        members.advanceUntil(
                () -> first.member().problem() == null && second.member().problem() == null);
        members.advanceUntil(() -> transport.unreadMessages() > 0);
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(call);
        members.advance(Duration.ofSeconds(30));
        assertThat(first.member().excluded().toCompletableFuture()).isNotDone();
        assertThat(second.member().excluded().toCompletableFuture()).isNotDone();
    }

    @Test
    void theCalleesOfARouterWhoseRecordWasLostAreThereAgain() {
        Members.Started first = members.start(1);
        Members.Started second = members.start(2);
        MemoryTransport transport = MemoryTransport.open(second.router(), Serializer.JSON, ListenerLimits.DEFAULT);
        Peer callee = new Peer(transport);
        callee.join(Members.REALM);
        callee.register("com.procedure");
        members.network.wipe(Store.ROUTERS);
        members.network.cutOff(first.id());
        members.network.reconnect(first.id());
        members.advanceUntil(() -> gauge(first, "cluster_routers") == 1);
        members.advanceUntil(() -> gauge(first, "cluster_routers") == 2);
        members.advanceUntil(() -> first.member().problem() == null && gauge(first, "cluster_registry_entries") == 1);
        members.advance(Duration.ofSeconds(3));
        Peer caller = first.join();
        long call = caller.call("com.procedure");
        members.advanceUntil(() -> transport.unreadMessages() > 0);
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(call);
        assertThat(second.member().excluded().toCompletableFuture()).isNotDone();
    }

    private static long gauge(Members.Started router, String name) {
        return router.member().gauges().stream()
                .filter(gauge -> gauge.name().equals(name))
                .mapToLong(gauge -> gauge.value().getAsLong())
                .sum();
    }

    @Test
    void aRealmThatIsNotSharedStaysOnItsRouter() {
        RealmConfig own = RealmConfig.open(Members.REALM).toBuilder()
                .sharing(new RealmSharing(false, RealmSharing.SubscribeAck.CLUSTER, EngineLost.SUSPEND))
                .build();
        Members.Started first = members.begin(1, members.network, own);
        Members.Started second = members.begin(2, members.network, own);
        members.advanceUntil(
                () -> first.member().admitsSessions() && second.member().admitsSessions());
        first.join().register("com.procedure");
        second.join().register("com.procedure");
    }

    @Test
    void aSubscriptionWaitsForOtherRoutersUnlessTheRealmDoesNotWantThat() {
        members.start(1);
        Members.Started second = members.start(2);
        Members.Started local = members.begin(
                3,
                members.network,
                RealmConfig.open(Members.REALM).toBuilder()
                        .sharing(new RealmSharing(true, RealmSharing.SubscribeAck.LOCAL, EngineLost.SUSPEND))
                        .build());
        members.advanceUntil(local.member()::admitsSessions);
        members.network.cutOff(second.id());
        local.join().subscribe("com.topic");
    }

    @Test
    void aPlaceIsForOneRouter() {
        Members.Started router = members.start(1);
        assertThatThrownBy(() ->
                        Router.open(RouterConfig.builder().build(), members.clock, heap -> () -> {}, router.member()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("plant");
    }

    /** It may have been declared dead, so that the others tell it already. */
    @Test
    void anotherRouterTellsWhatOneThatStopsMustNotTell() {
        Members.Started first = members.start(1);
        Members.Started second = members.start(2);
        MemoryTransport transport = MemoryTransport.open(first.router(), Serializer.JSON, ListenerLimits.DEFAULT);
        Peer watcher = new Peer(transport);
        watcher.join(Members.REALM);
        long topic = watcher.subscribe("com.topic");
        long onLeave = watcher.subscribe("wamp.session.on_leave");
        Peer client = second.join();
        client.expectResult(client.call("wamp.session.add_testament", "com.topic", List.of("last"), Map.of()));
        members.advance(Duration.ofSeconds(1));
        // Connected, but without a sign that the others do not take it for dead.
        members.network.suspend(Store.ROUTERS);
        members.network.cutOff(second.id());
        members.network.reconnect(second.id());
        members.advanceUntil(() -> Members.suspendedSeconds(second, "unconfirmed") > 0);

        second.router().close();
        members.network.resume(Store.ROUTERS);
        second.member().close();
        members.advanceUntil(() -> transport.unreadMessages() > 1);
        assertThat(watcher.expectEvent(topic)).containsExactly("last");
        assertThat(watcher.expectEvent(onLeave)).startsWith(client.session());
        members.advance(Duration.ofSeconds(20));
        watcher.expectNothing();
        assertThat(members.network.keys(Store.ROUTERS))
                .containsExactly(first.id().toString());
    }

    private static void refuseRegister(Peer peer) {
        long request = peer.nextRequest();
        peer.send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri("com.procedure")));
        peer.expectError(Register.CODE, request, WampError.PROCEDURE_ALREADY_EXISTS);
    }
}
