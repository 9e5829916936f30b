package io.junctor.server.gateway.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.inprocess.InProcessEndpoint;
import io.junctor.server.gateway.session.GatewaySession.EventReceiver;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A session of the router itself in a realm, with a role from the configuration. The router opens it when it is first needed, and opens a
 * new one when it is needed after the session has ended. Thread-safe; waits for the router.
 */
public final class RoleSession implements AutoCloseable {
    private static final Duration LONGEST_JOIN = Duration.ofSeconds(10);
    /** The login of a session that needs no authentication, because it belongs to the router itself. */
    private static final Login NO_LOGIN = new Login(List.of(), null, null);

    private final InProcessEndpoint endpoint;
    private final GatewaySession.Formats formats;
    private final String realm;
    private final EventReceiver events;

    @GuardedBy("this")
    private @Nullable GatewaySession session;

    @GuardedBy("this")
    private boolean isClosed;

    /**
     * Creates the object without opening a session.
     *
     * @param endpoint the endpoint to which the session connects, with its authid and role
     * @param events receives the events of the session
     */
    public RoleSession(InProcessEndpoint endpoint, GatewaySession.Formats formats, String realm, EventReceiver events) {
        this.endpoint = endpoint;
        this.formats = formats;
        this.realm = realm;
        this.events = events;
    }

    /** Returns the open session, or the reason why no session could be opened. The session is shared: {@code release} does nothing. */
    public Admission take() {
        GatewaySession current;
        try {
            current = current();
        } catch (IllegalStateException full) {
            return new Admission.Refused(Reply.Failure.of(WampError.UNAVAILABLE, String.valueOf(full.getMessage())));
        }
        Optional<Reply.Failure> refused = await(current);
        return refused.isPresent() ? new Admission.Refused(refused.get()) : new Admission.Admitted(current, () -> {});
    }

    private synchronized GatewaySession current() {
        if (isClosed) {
            throw new IllegalStateException("the router shuts down");
        }
        GatewaySession current = session;
        if (current == null || !current.isOpen()) {
            current = GatewaySession.join(
                    endpoint.connect(Serializer.JSON, Integer.MAX_VALUE), formats, realm, NO_LOGIN, events);
            session = current;
        }
        return current;
    }

    private static Optional<Reply.Failure> await(GatewaySession session) {
        try {
            return session.joined().get(LONGEST_JOIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Reply.Failure.of(WampError.CANCELED, "the router shuts down"));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of(Reply.Failure.of(WampError.TIMEOUT, "the router does not answer"));
        }
    }

    /** Ends the session and opens no other. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (session != null) {
            session.close();
        }
    }
}
