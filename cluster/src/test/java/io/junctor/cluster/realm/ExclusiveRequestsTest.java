package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a router does that does not know whether the others take it for dead. */
class ExclusiveRequestsTest {
    private static final String ALONE =
            "the router has lost the other routers of its cluster, and cannot know who serves the procedure: try again";
    private static final Duration CHECK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RouterGroup routers = RouterGroup.of(2);

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void aCallOfAProcedureThatIsNotSharedWaits() {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        Peer caller = routers.join(0);
        routers.mayServeExclusively(0, false);
        long first = caller.call("com.procedure", 1L);
        long second = caller.call("com.procedure", 2L);
        routers.clock().advance(Duration.ofSeconds(4));
        callee.expectNothing();

        routers.mayServeExclusively(0, true);
        routers.clock().advance(CHECK);
        RouterGroup.answerInOrder(callee, caller, first, second);
    }

    @Test
    void aCallThatWaitsForTooLongIsRefusedAndLaterOnesDoNotWait() {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        Peer caller = routers.join(0);
        routers.mayServeExclusively(0, false);
        long first = caller.call("com.procedure");
        routers.clock().advance(PATIENCE);
        refused(caller, first);
        long second = caller.call("com.procedure");
        refused(caller, second);

        routers.mayServeExclusively(0, true);
        routers.clock().advance(CHECK);
        long third = caller.call("com.procedure");
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(third);
    }

    @Test
    void anInvocationOfAnotherRouterWaits() {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        Peer caller = routers.join(1);
        routers.mayServeExclusively(0, false);
        long first = caller.call("com.procedure", 1L);
        long second = caller.call("com.procedure", 2L);
        routers.settle();
        callee.expectNothing();
        routers.mayServeExclusively(0, true);
        routers.clock().advance(CHECK);
        for (long call : List.of(first, second)) {
            callee.answer(callee.expect(Invocation.class));
            caller.expectResult(call);
        }

        routers.mayServeExclusively(0, false);
        long third = caller.call("com.procedure");
        routers.settle();
        routers.clock().advance(PATIENCE);
        refused(caller, third);
        callee.expectNothing();
    }

    @Test
    void anInvocationThatWaitsFindsNoCalleeThatHasLeft() {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        Peer caller = routers.join(1);
        routers.mayServeExclusively(0, false);
        long call = caller.call("com.procedure");
        routers.settle();
        callee.leave();
        routers.settle();
        routers.mayServeExclusively(0, true);
        routers.clock().advance(CHECK);
        caller.expectError(Call.CODE, call, WampError.CANCELED);
        caller.expectNothing();
    }

    @Test
    void anInvocationOfASharedProcedureDoesNotOvertakeOneThatWaits() {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        RouterGroup.share(callee);
        Peer caller = routers.join(1);
        routers.mayServeExclusively(0, false);
        long first = caller.call("com.procedure", 1L);
        long second = caller.call("com.shared", 2L);
        routers.settle();
        callee.expectNothing();
        routers.mayServeExclusively(0, true);
        routers.clock().advance(CHECK);
        RouterGroup.answerInOrder(callee, caller, first, second);
    }

    @Test
    void aSharedProcedureIsCalledAtOnce() {
        Peer callee = routers.join(0);
        RouterGroup.share(callee);
        Peer caller = routers.join(0);
        routers.mayServeExclusively(0, false);
        long call = caller.call("com.shared");
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(call);
    }

    @Test
    void aRegisterWaitsAndIsThenRefused() {
        Peer callee = routers.join(0);
        routers.mayServeExclusively(0, false);
        long first = register(callee);
        routers.clock().advance(Duration.ofSeconds(4));
        routers.mayServeExclusively(0, true);
        routers.clock().advance(CHECK);
        assertThat(callee.expect(Registered.class).request()).isEqualTo(first);

        routers.mayServeExclusively(0, false);
        Peer other = routers.join(0);
        long second = register(other);
        routers.clock().advance(PATIENCE);
        ErrorMessage error = other.expectError(Register.CODE, second, WampError.NETWORK_FAILURE);
        assertThat(other.arguments(error.payload()).positional()).containsExactly("com.procedure: " + ALONE);
    }

    private static long register(Peer peer) {
        long request = peer.nextRequest();
        peer.send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri("com.procedure")));
        return request;
    }

    private static void refused(Peer caller, long call) {
        ErrorMessage error = caller.expectError(Call.CODE, call, WampError.NETWORK_FAILURE);
        assertThat(caller.arguments(error.payload()).positional())
                .singleElement()
                .asString()
                .endsWith(ALONE);
    }
}
