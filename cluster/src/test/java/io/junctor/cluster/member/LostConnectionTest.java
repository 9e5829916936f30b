package io.junctor.cluster.member;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Serializer;
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
    void theCallerGetsTheAnswerThatTheRouterOfTheCalleeCouldNotSend() {
        lose(second);
        expectAnswer();
    }

    @Test
    void theCallerGetsTheAnswerThatItsRouterCouldNotTake() {
        lose(first);
        expectAnswer();
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
        // The engine reports on a thread of its own that a message has reached no router.
        members.settle();
        members.network.reconnect(router.id());
        awaitInSync();
    }

    private void expectAnswer() {
        members.advanceUntil(() -> transport.unreadMessages() > 0);
        caller.expectResult(call);
    }

    private void awaitInSync() {
        members.advanceUntil(
                () -> first.member().problem() == null && second.member().problem() == null);
    }
}
