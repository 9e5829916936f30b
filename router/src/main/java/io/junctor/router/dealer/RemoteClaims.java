package io.junctor.router.dealer;

import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.RegistrationClaim;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the routers of the cluster whether sessions of this router may become callees, and informs them when such sessions are no longer
 * callees. Confined to the realm's turn.
 */
final class RemoteClaims {
    /** A REGISTER that waits until the routers agree. */
    private record PendingRegister(long session, long request) {}

    private final RealmLink link;
    private final RandomIds ids;
    private final Registrar registrar;
    private final Deadlines deadlines;
    private final LongConsumer onEnded;
    private final Map<PendingRegister, SessionCalls> claims = new HashMap<>();

    /**
     * @param onEnded receives, in the turn, the session of each REGISTER that is refused or has to be decided again
     */
    RemoteClaims(RealmLink link, RandomIds ids, Registrar registrar, Deadlines deadlines, LongConsumer onEnded) {
        this.onEnded = onEnded;
        this.link = link;
        this.ids = ids;
        this.registrar = registrar;
        this.deadlines = deadlines;
    }

    /** Asks the routers to agree that this session becomes a callee. The REGISTER is answered when they agree. */
    @InTurn
    void claim(SessionCalls sessionCalls, Register register, boolean replaces) {
        Session session = sessionCalls.session;
        sessionCalls.waitingRegisters++;
        claims.put(new PendingRegister(session.id(), register.request()), sessionCalls);
        SharedCallee callee =
                SharedCallee.of(link.router(), session.id(), session.identity(), session.roles(), 0, register);
        long registration = ids.next();
        link.register(callee, replaces, new RegistrationClaim() {
            @Override
            public long newRegistration() {
                return registration;
            }

            @Override
            public void decideAnew() {
                inTurn(() -> RemoteClaims.this.decideAnew(sessionCalls, register));
            }

            @Override
            public void fail(WampError error, String why) {
                inTurn(() -> onFailed(sessionCalls, register, Refusal.of(error, why)));
            }
        });
    }

    private void inTurn(Runnable operation) {
        Pass.run(() -> deadlines.soon(operation));
    }

    @InTurn
    private void decideAnew(SessionCalls sessionCalls, Register register) {
        if (end(sessionCalls.session.id(), register.request()) != null && sessionCalls.session.isOpen()) {
            registrar.register(sessionCalls, register);
        }
        onEnded.accept(sessionCalls.session.id());
    }

    @InTurn
    private void onFailed(SessionCalls sessionCalls, Register register, Refusal refusal) {
        if (end(sessionCalls.session.id(), register.request()) != null) {
            sessionCalls.session.refuse(refusal.about(register.procedure().text()), Register.CODE, register.request());
        }
        onEnded.accept(sessionCalls.session.id());
    }

    @InTurn
    @Nullable
    SessionCalls end(long session, long request) {
        SessionCalls sessionCalls = claims.remove(new PendingRegister(session, request));
        if (sessionCalls != null) {
            sessionCalls.waitingRegisters--;
        }
        return sessionCalls;
    }

    /** Informs the other routers that this callee was removed; {@code released} runs in the turn when other sessions may register. */
    @InTurn
    void release(Callee callee, Runnable released) {
        link.release(shared(callee), () -> inTurn(released));
    }

    @InTurn
    private SharedCallee shared(Callee callee) {
        Session session = callee.sessionCalls().session;
        return SharedCallee.of(
                link.router(),
                session.id(),
                session.identity(),
                session.roles(),
                callee.registration.id(),
                new Register(1, callee.registration.options(), callee.registration.uri()));
    }

    /** Whether a REGISTER of this session waits. */
    @InTurn
    boolean has(long session) {
        return claims.keySet().stream().anyMatch(waiting -> waiting.session == session);
    }
}
