package io.junctor.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions register what a session of a router held that died. */
class KilledHolderTest {
    private static final Uri PROCEDURE = new Uri("com.procedure");

    private final Members members = new Members();

    @AfterEach
    void stopRouters() {
        members.close();
    }

    @Test
    void theProcedureIsFreeForASessionThatAsksAllTheTime() {
        Members.Started first = members.start(1);
        members.start(2);
        for (int id = 3; id < 9; id++) {
            Members.Started killed = members.start(id);
            Peer callee = killed.join();
            callee.register(PROCEDURE.text());
            MemoryTransport transport = MemoryTransport.open(first.router(), Serializer.JSON, ListenerLimits.DEFAULT);
            Peer other = new Peer(transport);
            other.join(Members.REALM);
            members.network.cutOff(killed.id());
            while (!registers(other, transport)) {
                assertThat(members.isRegistryEmpty()).isFalse();
            }
            other.leave();
            members.advanceUntil(members::isRegistryEmpty);
        }
    }

    @Test
    void aRouterThatComesBackFromTheDeadTakesNoProcedureBack() {
        Members.Started first = members.start(1);
        Members.Started second = members.start(2);
        second.join().register(PROCEDURE.text());
        members.network.cutOff(second.id());
        members.advanceUntil(members::isRegistryEmpty);
        Peer callee = first.join();
        callee.register(PROCEDURE.text());

        members.network.reconnect(second.id());
        members.advanceUntil(
                () -> second.member().excluded().toCompletableFuture().isDone());
        members.advance(Duration.ofSeconds(10));
        callee.expectNothing();
        Peer caller = first.join();
        long call = caller.call(PROCEDURE.text());
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(call);
    }

    private boolean registers(Peer peer, MemoryTransport transport) {
        peer.send(new Register(peer.nextRequest(), RegisterMessageOptions.DEFAULT, PROCEDURE));
        members.advanceUntil(() -> transport.unreadMessages() > 0);
        FromRouter answer = peer.expect(FromRouter.class);
        if (answer instanceof ErrorMessage error) {
            assertThat(error.error()).isEqualTo(WampError.PROCEDURE_ALREADY_EXISTS.uri());
        }
        return answer instanceof Registered;
    }
}
