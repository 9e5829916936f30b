package io.junctor.client.internal.session;

import io.junctor.client.internal.ChallengeResponder;
import io.junctor.client.internal.Connector;
import io.junctor.client.internal.PassthruCodec;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.Timers;
import io.junctor.client.internal.Transport;
import io.junctor.client.internal.engine.SessionContext;
import io.junctor.client.internal.engine.SessionEngine;
import io.junctor.client.internal.engine.SessionLimits;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.value.WampError;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt to connect and to join a realm. {@code S} is the type of the API's sessions. */
public record JoinAttempt<S>(
        Function<Transport, JoinRequest> opening,
        SessionLimits settings,
        PassthruCodec codec,
        Supplier<Timers> timers,
        SessionFactory<S> sessions) {

    /** The {@code HELLO} to send, and the responder for the router's challenge. */
    public record JoinRequest(Hello hello, ChallengeResponder responder) {}

    /** Creates and ends the sessions of the API. */
    public interface SessionFactory<S> {
        /** Returns the session of the API for a session that has joined. */
        S open(SessionEngine.OpenSession joined);

        /** Leaves the realm without waiting. */
        void leave(S session);
    }

    /** Connects and joins. Canceling the future drops the connection. */
    public CompletableFuture<S> over(Connector connector) {
        CompletableFuture<S> session = new CompletableFuture<>();
        var unused = connector.connect().whenComplete((transport, failure) -> connected(session, transport, failure));
        return session;
    }

    private void connected(CompletableFuture<S> session, @Nullable Transport transport, @Nullable Throwable failure) {
        if (transport == null) {
            session.completeExceptionally(failure == null ? new IllegalStateException("no transport") : failure);
            return;
        }
        if (session.isDone()) {
            transport.drop();
            return;
        }
        JoinRequest first;
        try {
            first = opening.apply(transport);
        } catch (ChallengeResponder.CannotAnswerException cannot) {
            transport.drop();
            session.completeExceptionally(RequestException.of(WampError.CANNOT_AUTHENTICATE, cannot.text(), null));
            return;
        } catch (RuntimeException | Error defect) {
            transport.drop();
            session.completeExceptionally(
                    RequestException.of(WampError.CANNOT_AUTHENTICATE, "the client cannot authenticate", defect));
            return;
        }
        join(session, transport, first);
    }

    private void join(CompletableFuture<S> session, Transport transport, JoinRequest first) {
        CodecLimits limits =
                new CodecLimits(settings.messageBytes(), CodecLimits.DEFAULT.depth(), CodecLimits.DEFAULT.elements());
        SessionContext environment = new SessionContext(settings, new Codecs(limits)::of, timers.get(), codec, 0);
        CompletableFuture<SessionEngine.OpenSession> joined =
                SessionEngine.join(transport, first.hello(), environment, first.responder());
        var unusedJoined = joined.whenComplete((done, refused) -> joined(session, done, refused));
        var unusedSession = session.whenComplete((done, canceled) -> joined.cancel(false));
    }

    private void joined(
            CompletableFuture<S> session, SessionEngine.@Nullable OpenSession joined, @Nullable Throwable failure) {
        if (joined == null) {
            session.completeExceptionally(failure == null ? new IllegalStateException("no session") : failure);
            return;
        }
        S open = sessions.open(joined);
        if (!session.complete(open)) {
            sessions.leave(open);
        }
    }
}
