package io.junctor.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.ListenerLimits;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that are open while one of their routers has no connection for a moment. */
class LostConnectionTest {
    private static final String PROCEDURE = "com.procedure";

    private final Members members = new Members();
    private Members.Started first;
    private Members.Started second;
    private MemoryTransport transport;
    private Peer caller;
    private Peer callee;
    private long call;
    private Invocation invocation;

    @BeforeEach
    void callAcrossRouters() {
        first = members.start(1);
        second = members.start(2);
        transport = MemoryTransport.open(first.router(), Serializer.JSON, ListenerLimits.DEFAULT);
        caller = new Peer(transport);
        caller.join(Members.REALM);
        callee = second.join();
        callee.register(PROCEDURE);
        call = caller.call(PROCEDURE, 1L);
        invocation = callee.expect(Invocation.class);
    }

    @AfterEach
    void stopRouters() {
        members.close();
    }

    @Test
    void aCallEndsWhoseAnswerTheRouterOfTheCalleeCouldNotSend() {
        lose(second);
        expectCanceled();
    }

    @Test
    void aCallEndsWhoseAnswerTheRouterOfTheCallerDidNotGet() {
        lose(first);
        expectCanceled();
    }

    @Test
    void aCallThatIsStillOpenStaysSo() {
        members.network.cutOff(second.id());
        members.advance(Duration.ofMillis(500));
        members.network.reconnect(second.id());
        awaitInSync();
        members.advance(Duration.ofSeconds(1));
        caller.expectNothing();
        callee.answer(invocation, 2L);
        members.advanceUntil(() -> transport.unreadMessages() > 0);
        caller.expectResult(call);
    }

    /** The callee answers while a router has no connection. */
    private void lose(Members.Started router) {
        members.network.cutOff(router.id());
        callee.answer(invocation, 2L);
        members.advance(Duration.ofMillis(500));
        members.network.reconnect(router.id());
        awaitInSync();
    }

    private void expectCanceled() {
        members.advanceUntil(() -> transport.unreadMessages() > 0);
        ErrorMessage error = caller.expectError(Call.CODE, call, WampError.CANCELED);
        assertThat(caller.arguments(error.payload()).positional())
                .containsExactly("the call or its answer was lost between two routers: the callee may have got it");
    }

    private void awaitInSync() {
        members.advanceUntil(
                () -> first.member().problem() == null && second.member().problem() == null);
    }
}
