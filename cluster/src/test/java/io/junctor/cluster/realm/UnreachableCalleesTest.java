package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The callee of a procedure that is not shared is on router 0, the caller on router 1. */
class UnreachableCalleesTest {
    private final RouterGroup routers = RouterGroup.of(3);
    private final Peer callee = routers.join(0);
    private final Peer caller = routers.join(1);

    @BeforeEach
    void register() {
        callee.register("com.procedure");
        routers.settle();
    }

    @AfterEach
    void closeRouters() {
        routers.cutClients();
        routers.close();
    }

    @Test
    void aCallWaitsForTheRouterOfItsCallee() {
        routers.network().cutOff(routers.id(0));
        long request = caller.call("com.procedure", 1L);
        routers.pass(Duration.ofMillis(1_700));
        caller.expectNothing();
        routers.network().reconnect(routers.id(0));
        routers.pass(Duration.ofMillis(200));
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(request);
    }

    @Test
    void aCallEndsWhenTheRouterOfItsCalleeIsNotBackInTime() {
        routers.network().cutOff(routers.id(0));
        long request = caller.call("com.procedure");
        routers.pass(Duration.ofMillis(2_200));
        ErrorMessage error = caller.expectError(Call.CODE, request, WampError.CANCELED);
        assertThat(caller.arguments(error.payload()).positional())
                .containsExactly("com.procedure: the router of the callee cannot be reached");
        routers.network().reconnect(routers.id(0));
        routers.pass(Duration.ofMillis(200));
        callee.expectNothing();
    }

    @Test
    void callsThatWaitedReachTheCalleeInTheirOrder() {
        routers.network().cutOff(routers.id(0));
        for (long i = 0; i < 5; i++) {
            caller.call("com.procedure", i);
            routers.pass(Duration.ofMillis(50));
        }
        routers.network().reconnect(routers.id(0));
        for (long i = 5; i < 10; i++) {
            caller.call("com.procedure", i);
        }
        routers.pass(Duration.ofMillis(200));
        for (long i = 0; i < 10; i++) {
            Invocation invocation = callee.expect(Invocation.class);
            assertThat(callee.arguments(invocation.payload()).positional()).containsExactly(i);
        }
        callee.expectNothing();
    }

    @Test
    void anAnswerWaitsForTheRouterOfItsCaller() {
        long request = caller.call("com.procedure");
        Invocation invocation = callee.expect(Invocation.class);
        routers.settle();
        routers.network().cutOff(routers.id(1));
        callee.answer(invocation, "late");
        routers.pass(Duration.ofSeconds(5));
        routers.network().reconnect(routers.id(1));
        routers.pass(Duration.ofMillis(200));
        assertThat(caller.arguments(caller.expectResult(request).payload()).positional())
                .containsExactly("late");
    }
}
