package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Store;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that want the same procedure at the same time. */
class ClaimsAcrossRoutersTest {
    private static final Uri PROCEDURE = new Uri("com.procedure");
    private static final RegisterMessageOptions SHARED = new RegisterMessageOptions(
            MatchPolicy.EXACT, InvokePolicy.ROUND_ROBIN, false, false, List.of(), Dict.EMPTY);

    private final RouterGroup routers = RouterGroup.of(3);

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void oneOfTwoSessionsOfARouterThatRegisterAtTheSameTimeHoldsTheProcedure() {
        Peer one = routers.join(0);
        Peer other = routers.join(0);
        routers.news(0).hold();
        long request = register(one, RegisterMessageOptions.DEFAULT);
        routers.settle();
        long late = register(other, RegisterMessageOptions.DEFAULT);
        Peer remote = routers.join(1);
        long far = register(remote, RegisterMessageOptions.DEFAULT);
        routers.settle();
        routers.news(0).release();

        assertThat(one.expect(Registered.class).request()).isEqualTo(request);
        other.expectError(Register.CODE, late, WampError.PROCEDURE_ALREADY_EXISTS);
        remote.expectError(Register.CODE, far, WampError.PROCEDURE_ALREADY_EXISTS);
        call(routers.join(2), one);
    }

    @Test
    void nothingStaysOfASessionThatAnotherOneForestalled() {
        for (RegisterMessageOptions options : List.of(RegisterMessageOptions.DEFAULT, SHARED)) {
            Peer first = routers.join(0);
            Peer late = routers.join(1);
            routers.network().suspend(Store.REGISTRY);
            register(first, options);
            routers.settle();
            long request = register(late, options);
            routers.settle();
            routers.network().resume(Store.REGISTRY);

            first.expect(Registered.class);
            int rows = options == SHARED ? 2 : 0;
            if (options == SHARED) {
                late.expect(Registered.class);
            } else {
                late.expectError(Register.CODE, request, WampError.PROCEDURE_ALREADY_EXISTS);
            }
            routers.settle();
            assertThat(routers.network().keys(Store.REGISTRY)).hasSize(1 + rows);
            call(routers.join(2), first);
            first.leave();
            late.leave();
            routers.settle();
            assertThat(routers.network().keys(Store.REGISTRY)).isEmpty();
        }
    }

    @Test
    void aRegistrationThatASessionOfAnotherRouterJoinsDoesNotBeginAgain() {
        Peer watcher = routers.join(0);
        long onCreate = watcher.subscribe("wamp.registration.on_create");
        long onRegister = watcher.subscribe("wamp.registration.on_register");
        long onUnregister = watcher.subscribe("wamp.registration.on_unregister");
        watcher.subscribe("wamp.registration.on_delete");
        Peer leaving = routers.join(0);
        register(leaving, SHARED);
        long id = leaving.expect(Registered.class).registration();
        expectEvents(watcher, onCreate, onRegister);
        Peer joining = routers.join(1);
        routers.news(0).hold();
        register(joining, SHARED);
        joining.expect(Registered.class);
        routers.network().suspend(Store.REGISTRY);
        leaving.send(new Unregister(leaving.nextRequest(), id));
        routers.settle();

        routers.news(0).release();
        routers.settle();
        expectEvents(watcher, onRegister);
        routers.network().resume(Store.REGISTRY);
        leaving.expect(Unregistered.class);
        expectEvents(watcher, onUnregister);
        watcher.expectNothing();
    }

    private static void expectEvents(Peer watcher, long... subscriptions) {
        for (long subscription : subscriptions) {
            assertThat(watcher.expect(Event.class).subscription()).isEqualTo(subscription);
        }
    }

    @Test
    void eachOfTheRequestsOfASessionToRegisterAProcedureIsAnswered() {
        for (RegisterMessageOptions options : List.of(RegisterMessageOptions.DEFAULT, SHARED)) {
            Peer peer = routers.join(0);
            routers.news(0).hold();
            long first = register(peer, options);
            long second = register(peer, options);
            routers.settle();
            routers.news(0).release();
            assertThat(peer.expect(Registered.class).request()).isEqualTo(first);
            peer.expectError(Register.CODE, second, WampError.PROCEDURE_ALREADY_EXISTS);
            peer.leave();
            routers.settle();
        }
    }

    @Test
    void invocationsStayInOrderIfTheRouterOfTheCalleeIsTheLastToKnowThatItIsRegistered() {
        Peer callee = routers.join(0);
        callee.register("com.known");
        Peer caller = routers.join(1);
        routers.settle();
        routers.news(0).hold();
        register(callee, RegisterMessageOptions.DEFAULT);
        routers.settle();
        long first = caller.call(PROCEDURE.text(), 1L);
        routers.settle();
        long second = caller.call("com.known", 2L);
        routers.settle();
        callee.expectNothing();
        routers.news(0).release();

        callee.expect(Registered.class);
        RouterGroup.answerInOrder(callee, caller, first, second);
    }

    @Test
    void aSessionRegistersAProcedureWhoseFormerCalleeTheStoreHasNotRemoved() {
        Peer former = routers.join(0);
        long registration = former.register(PROCEDURE.text());
        routers.settle();
        routers.network().suspend(Store.REGISTRY);
        former.send(new Unregister(former.nextRequest(), registration));
        for (int request = 0; request < 2; request++) {
            routers.settle();
            routers.clock().advance(Duration.ofSeconds(5));
        }
        former.expect(Unregistered.class);
        Peer next = routers.join(0);
        long request = register(next, RegisterMessageOptions.DEFAULT);
        routers.settle();
        routers.network().resume(Store.REGISTRY);
        assertThat(next.expect(Registered.class).request()).isEqualTo(request);
        call(routers.join(1), next);
    }

    @Test
    void aProcedureIsFreeIfTheStoreTakesTheRequestAfterItWasRefused() {
        Peer late = routers.join(0);
        routers.network().suspend(Store.REGISTRY);
        long refused = register(late, RegisterMessageOptions.DEFAULT);
        for (int i = 0; i < 50; i++) {
            routers.settle();
            routers.clock().advance(Duration.ofMillis(500));
        }
        late.expectError(Register.CODE, refused, WampError.NETWORK_FAILURE);
        routers.network().resume(Store.REGISTRY);
        routers.settle();
        Peer next = routers.join(1);
        next.register(PROCEDURE.text());
        call(routers.join(2), next);
    }

    @Test
    void theEndOfARegistrationIsToldOnceIfItsLastCalleesUnregisterAtTheSameTime() {
        Peer watcher = routers.join(0);
        watcher.subscribe("wamp.registration.on_delete");
        Peer one = routers.join(0);
        Peer other = routers.join(1);
        for (Peer callee : List.of(one, other)) {
            register(callee, SHARED);
        }
        long registration = one.expect(Registered.class).registration();
        other.expect(Registered.class);
        routers.settle();
        routers.network().suspend(Store.REGISTRY);
        for (Peer callee : List.of(other, one)) {
            callee.send(new Unregister(callee.nextRequest(), registration));
            routers.settle();
        }
        routers.network().resume(Store.REGISTRY);
        one.expect(Unregistered.class);
        other.expect(Unregistered.class);
        routers.settle();
        watcher.expect(Event.class);
        watcher.expectNothing();
    }

    @Test
    void aRouterThatStartsKnowsCalleesOfARecordThatWasRewrittenSince() {
        List<Peer> callees = List.of(routers.join(1), routers.join(0), routers.join(2));
        for (Peer callee : callees) {
            register(callee, SHARED);
            callee.expect(Registered.class);
        }
        routers.settle();
        Peer caller = routers.join(routers.add());
        routers.settle();
        for (int round = 0; round < 2; round++) {
            callees.forEach(callee -> call(caller, callee));
        }
        Peer leaving = callees.getFirst();
        leaving.leave();
        routers.settle();
        callees.subList(1, 3).forEach(callee -> call(caller, callee));
    }

    private static long register(Peer peer, RegisterMessageOptions options) {
        long request = peer.nextRequest();
        peer.send(new Register(request, options, PROCEDURE));
        return request;
    }

    private static void call(Peer caller, Peer callee) {
        long request = caller.call(PROCEDURE.text());
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(request);
    }
}
