package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.MemoryTransport;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages between routers that are lost with a connection, which is back before a router is declared dead. */
class LostMessagesTest {
    private final RouterGroup routers = RouterGroup.of(2);

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aCallEndsAtOnceWhenTheRouterIsConnectedAgainThatLostItsAnswer(int router) {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        Peer caller = routers.join(1);
        long call = caller.call("com.procedure");
        Invocation invocation = callee.expect(Invocation.class);
        routers.settle();
        routers.hold(1);
        callee.answer(invocation);
        callee.expectNothing();
        routers.network().cutOff(routers.id(router));
        routers.network().reconnect(routers.id(router));
        routers.release(1);
        routers.settle();
        caller.expectError(Call.CODE, call, WampError.CANCELED);
        caller.expectNothing();
    }

    @Test
    void aCallEndsWhoseAnswerIsLost() {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        Peer caller = routers.join(1);
        long call = caller.call("com.procedure");
        Invocation invocation = callee.expect(Invocation.class);
        passSeconds(20);
        caller.expectNothing();
        routers.hold(1);
        callee.answer(invocation);
        callee.expectNothing();
        // The answer is on its way.
        routers.network().cutOff(routers.id(1));
        routers.network().reconnect(routers.id(1));
        routers.release(1);
        passSeconds(10);
        ErrorMessage error = caller.expectError(Call.CODE, call, WampError.CANCELED);
        assertThat(caller.arguments(error.payload()).positional())
                .containsExactly("the call or its answer was lost between two routers: the callee may have got it");
        caller.expectNothing();
    }

    @Test
    void aCalleeThatIsAliveKeepsItsProcedureIfTheQuestionWhetherItIsWasLost() {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        Peer other = routers.join(1);
        routers.settle();
        routers.network().cutOff(routers.id(0));
        long request = register(other);
        passSeconds(60);
        routers.network().reconnect(routers.id(0));
        passSeconds(10);
        expectRefused(other, request, callee);
    }

    @Test
    void aCalleeThatIsAliveKeepsItsProcedureIfItsRouterGetsTheQuestionsLate() {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        Peer other = routers.join(1);
        routers.settle();
        routers.hold(0);
        long request = register(other);
        passSeconds(5);
        MemoryTransport link = (MemoryTransport) callee.transport();
        link.stopReading();
        routers.release(0);
        routers.settle();
        link.resumeReading();
        passSeconds(10);
        expectRefused(other, request, callee);
    }

    @Test
    void aCalleeThatAnswersNothingLosesItsProcedureAlsoIfItsRouterGetsTheQuestionsLate() {
        Peer callee = routers.join(0);
        callee.register("com.procedure");
        Peer other = routers.join(1);
        routers.settle();
        ((MemoryTransport) callee.transport()).stopReading();
        routers.hold(0);
        long request = register(other);
        passSeconds(5);
        routers.release(0);
        passSeconds(10);
        assertThat(other.expect(Registered.class).request()).isEqualTo(request);
        routers.cutClients();
    }

    private static void expectRefused(Peer other, long request, Peer callee) {
        other.expectError(Register.CODE, request, WampError.PROCEDURE_ALREADY_EXISTS);
        long call = other.call("com.procedure");
        callee.answer(callee.expect(Invocation.class));
        other.expectResult(call);
    }

    private static long register(Peer peer) {
        long request = peer.nextRequest();
        peer.send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri("com.procedure")));
        return request;
    }

    private void passSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            routers.settle();
            routers.clock().advance(Duration.ofSeconds(1));
        }
        routers.settle();
    }
}
