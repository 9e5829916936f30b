package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Router 0 is slow in these tests: it takes nothing of the others. */
class CreditAcrossRoutersTest {
    private static final int CALLS = 100;
    /** What 64 of these weigh is about all that a router may have that it has not taken. */
    private static final String LARGE = "x".repeat(1 << 16);

    private static final Roles PROGRESSIVE = new Roles(Map.of(
            Role.CALLER,
            Set.of(Feature.CALL_CANCELING, Feature.PROGRESSIVE_CALL_RESULTS),
            Role.CALLEE,
            Set.of(Feature.CALL_CANCELING, Feature.PROGRESSIVE_CALL_RESULTS)));

    private final RouterGroup routers = RouterGroup.of(3);
    /** A session of the slow router, and one of another router that calls it. */
    private Peer callee;

    private Peer caller;

    @AfterEach
    void closeRouters() {
        routers.cutClients();
        routers.close();
    }

    @Test
    void aCallerPausesWhileTheRouterOfItsCalleeTakesNothing() {
        registerAtTheSlowRouter();
        List<Long> requests = callOften(caller);
        routers.settle();

        assertThat(unread(caller)).isBetween(CALLS - 66, CALLS - 60);
        assertThat(routers.member(1).waitingCalls()).isLessThan(3);
        assertThat(routers.member(1).creditsUsedUp()).isEqualTo(1);

        routers.release(0);
        for (long i = 0; i < CALLS; i++) {
            Invocation invocation = callee.expect(Invocation.class);
            assertThat(callee.arguments(invocation.payload()).positional()).containsExactly(i, LARGE);
            callee.answer(invocation);
        }
        requests.forEach(caller::expectResult);
        assertThat(unread(caller)).isZero();
    }

    @Test
    void aCallBeyondTheCreditWaitsUntilTheRouterTakesMore() {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        Peer first = routers.join(1);
        Peer second = routers.join(1);
        routers.settle();
        routers.hold(0);
        callOften(first);
        second.call("com.procedure", "late");
        routers.settle();
        assertThat(routers.member(1).waitingCalls()).isEqualTo(1);

        routers.release(0);
        routers.settle();
        assertThat(routers.member(1).waitingCalls()).isZero();
        assertThat(unread(first)).isZero();
    }

    @Test
    void callsToOtherRoutersGoOnWhileOneTakesNothing() {
        Peer slow = routers.join(0);
        slow.register("com.procedure");
        Peer callee = routers.join(2);
        callee.register("com.other");
        Peer paused = routers.join(1);
        Peer caller = routers.join(1);
        routers.settle();
        routers.hold(0);
        callOften(paused);
        for (int i = 0; i < CALLS; i++) {
            long request = caller.call("com.other", LARGE);
            callee.answer(callee.expect(Invocation.class));
            caller.expectResult(request);
        }
        assertThat(unread(paused)).isPositive();
    }

    @Test
    void theNumberOfCallsIsBoundedAsWellAsTheirBytes() {
        registerAtTheSlowRouter();
        for (int i = 0; i < 5_000; i++) {
            caller.call("com.procedure");
        }
        assertThat(unread(caller)).isBetween(800, 1_000);
    }

    @Test
    void theNumberOfQuestionsIsBounded() {
        List<Peer> asking = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            asking.add(routers.join(1));
        }
        routers.settle();
        routers.hold(0);
        asking.forEach(peer -> peer.call("wamp.session.count"));
        routers.settle();
        assertThat(routers.member(1).waitingCalls()).isEqualTo(CALLS - 64);

        routers.release(0);
        for (Peer peer : asking) {
            Result result = peer.expect(Result.class);
            assertThat(peer.arguments(result.payload()).positional()).containsExactly((long) CALLS);
            assertThat(peer.arguments(result.payload()).keywords()).isEmpty();
        }
        assertThat(routers.member(1).waitingCalls()).isZero();
    }

    @Test
    void aCalleePausesWhileTheRouterOfItsCallerTakesNothing() {
        Peer callee = routers.join(1, RouterGroup.REALM, PROGRESSIVE);
        callee.register("com.procedure");
        Peer caller = routers.join(0, RouterGroup.REALM, PROGRESSIVE);
        long request = caller.nextRequest();
        CallMessageOptions progress = new CallMessageOptions(0, true, false, false, null, List.of(), Dict.EMPTY);
        caller.send(new Call(request, progress, new Uri("com.procedure"), caller.payload()));
        Invocation invocation = callee.expect(Invocation.class);
        routers.settle();
        routers.hold(0);
        ResultDetails more = new ResultDetails(true, null, Dict.EMPTY);
        for (long i = 0; i < CALLS; i++) {
            callee.send(new Yield(invocation.request(), more, callee.payload(i, LARGE)));
        }
        callee.answer(invocation);
        assertThat(unread(callee)).isPositive();

        routers.release(0);
        for (long i = 0; i < CALLS; i++) {
            Result result = caller.expect(Result.class);
            assertThat(caller.arguments(result.payload()).positional()).containsExactly(i, LARGE);
        }
        caller.expectResult(request);
        assertThat(unread(callee)).isZero();
    }

    @Test
    void aRouterThatHasEndedGivesItsCreditBack() {
        registerAtTheSlowRouter();
        callOften(caller);
        assertThat(unread(caller)).isPositive();
        routers.member(1).onGone(routers.id(0));
        routers.settle();
        assertThat(unread(caller)).isZero();
    }

    @Test
    void creditForMessagesThatWereLostComesBack() {
        registerAtTheSlowRouter();
        callOften(caller);
        assertThat(unread(caller)).isPositive();
        routers.network().cutOff(routers.id(0));
        routers.network().reconnect(routers.id(0));
        routers.release(0);
        routers.settle();
        assertThat(unread(caller)).isPositive();
        routers.pass(Duration.ofMillis(1_100));
        assertThat(unread(caller)).isZero();
        callee.expect(Invocation.class);
    }

    @Test
    void aCallerGoesOnWhenTheRouterThatTookNothingCannotBeReached() {
        registerAtTheSlowRouter();
        callOften(caller);
        routers.network().cutOff(routers.id(0));
        routers.pass(Duration.ofMillis(1_100));
        assertThat(unread(caller)).isZero();
        routers.pass(Duration.ofMillis(2_200));
        assertThat(caller.expect(ErrorMessage.class).error()).isEqualTo(WampError.CANCELED.uri());
    }

    /** From now on the router of the callee takes nothing. */
    private void registerAtTheSlowRouter() {
        callee = routers.join(0);
        callee.register("com.procedure");
        caller = routers.join(1);
        routers.settle();
        routers.hold(0);
    }

    private static List<Long> callOften(Peer caller) {
        List<Long> requests = new ArrayList<>();
        for (long i = 0; i < CALLS; i++) {
            requests.add(caller.call("com.procedure", i, LARGE));
        }
        return requests;
    }

    /** How many messages of a client its router has not read. */
    private static int unread(Peer peer) {
        return ((MemoryTransport) peer.transport()).undelivered();
    }
}
