package io.junctor.server.gateway.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.config.http.GatewayConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.inprocess.InProcessEndpoint;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.router.spi.RequestFields;
import io.junctor.router.turn.Timers;
import io.junctor.server.gateway.session.GatewaySession.EventReceiver;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of the gateway. Requests with the same login from the same address share a session for some time, so that the router checks
 * the login once in this time instead of once per request. Thread-safe; waits for the router.
 */
public final class SessionPool implements AutoCloseable {
    private final InProcessEndpoint endpoint;
    private final GatewayConfig config;
    private final ListenerLimits limits;
    private final GatewaySession.Formats formats;
    private final Timers timers;

    @GuardedBy("this")
    private final Map<Key, PooledSession> entryByKey = new HashMap<>();

    @GuardedBy("this")
    private boolean isClosed;

    /** Identifies a client. Requests with equal keys share a session. The login is a digest. */
    private record Key(
            String realm,
            Login login,
            String network,
            RequestFields fields,
            @Nullable PeerCredentials account,
            @Nullable X509Certificate certificate) {}

    /** A session of the pool. Guarded by the pool. */
    private static final class PooledSession {
        private final GatewaySession session;
        private final long sinceNanos;
        private int users;
        /** Whether newer requests use another session. */
        private boolean isReplaced;

        PooledSession(GatewaySession session, long sinceNanos) {
            this.session = session;
            this.sinceNanos = sinceNanos;
        }
    }

    /** A pool whose sessions connect by {@code endpoint}. */
    public SessionPool(
            InProcessEndpoint endpoint,
            GatewayConfig config,
            ListenerLimits limits,
            GatewaySession.Formats formats,
            Timers timers) {
        this.endpoint = endpoint.limits(limits);
        this.config = config;
        this.limits = limits;
        this.formats = formats;
        this.timers = timers;
    }

    /** Returns a session for one request. Waits until the router has admitted or refused the session. */
    public Admission take(RequestOrigin origin, String realm, Login login) {
        Key key = new Key(
                realm,
                login.digest(),
                origin.address(),
                origin.requestFields(),
                origin.peerCredentials(),
                origin.certificate());
        PooledSession entry;
        try {
            entry = enter(key, origin, login);
        } catch (IllegalStateException full) {
            return new Admission.Refused(Reply.Failure.of(WampError.LIMIT_EXCEEDED, String.valueOf(full.getMessage())));
        }
        Optional<Reply.Failure> refused = await(entry.session);
        if (refused.isPresent()) {
            leave(key, entry);
            return new Admission.Refused(refused.get());
        }
        return new Admission.Admitted(entry.session, () -> leave(key, entry));
    }

    /**
     * Opens a session for one client only, such as for a stream of events. It counts as a connection of the router, but not as a session of
     * the pool; {@code release} ends it.
     */
    public Admission open(RequestOrigin origin, String realm, Login login, EventReceiver events) {
        GatewaySession session;
        try {
            session = join(origin, realm, login, events);
        } catch (IllegalStateException full) {
            return new Admission.Refused(Reply.Failure.of(WampError.LIMIT_EXCEEDED, String.valueOf(full.getMessage())));
        }
        Optional<Reply.Failure> refused = await(session);
        if (refused.isPresent()) {
            session.close();
            return new Admission.Refused(refused.get());
        }
        return new Admission.Admitted(session, session::close);
    }

    private GatewaySession join(RequestOrigin origin, String realm, Login login, EventReceiver events) {
        return GatewaySession.join(
                endpoint.onBehalfOf(origin).connect(Serializer.JSON, Integer.MAX_VALUE), formats, realm, login, events);
    }

    private synchronized PooledSession enter(Key key, RequestOrigin origin, Login login) {
        PooledSession found = entryByKey.get(key);
        if (found != null && (isOld(found) || !found.session.isOpen())) {
            remove(key, found);
            found = null;
        }
        if (found == null) {
            makeRoom();
            found = new PooledSession(join(origin, key.realm(), login, EventReceiver.NONE), timers.nanos());
            entryByKey.put(key, found);
        }
        found.users++;
        return found;
    }

    private boolean isOld(PooledSession entry) {
        return timers.nanos() - entry.sinceNanos >= config.loginTime().toNanos();
    }

    @GuardedBy("this")
    private void remove(Key key, PooledSession entry) {
        entryByKey.remove(key, entry);
        entry.isReplaced = true;
        if (entry.users == 0) {
            entry.session.close();
        }
    }

    @GuardedBy("this")
    private void makeRoom() {
        if (isClosed) {
            throw new IllegalStateException("the router shuts down");
        }
        if (entryByKey.size() < config.sessions()) {
            return;
        }
        Map.Entry<Key, PooledSession> oldest = entryByKey.entrySet().stream()
                .filter(entry -> entry.getValue().users == 0)
                .min((a, b) -> Long.signum(a.getValue().sinceNanos - b.getValue().sinceNanos))
                .orElseThrow(() -> new IllegalStateException(
                        "all " + config.sessions() + " sessions of the gateway are in use (http_gateway, sessions)"));
        remove(oldest.getKey(), oldest.getValue());
    }

    private Optional<Reply.Failure> await(GatewaySession session) {
        try {
            return session.joined()
                    .get(limits.helloTimeout().plus(limits.authTimeout()).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Reply.Failure.of(WampError.CANCELED, "the router shuts down"));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of(Reply.Failure.of(WampError.TIMEOUT, "the login takes too long"));
        }
    }

    private synchronized void leave(Key key, PooledSession entry) {
        entry.users--;
        if (!entry.session.isOpen()) {
            remove(key, entry);
        } else if (entry.isReplaced && entry.users == 0) {
            entry.session.close();
        }
    }

    /** Ends the sessions that no request uses and that are too old for new requests. */
    public synchronized void sweep() {
        for (Map.Entry<Key, PooledSession> each : List.copyOf(entryByKey.entrySet())) {
            PooledSession entry = each.getValue();
            if (entry.users == 0 && (isOld(entry) || !entry.session.isOpen())) {
                remove(each.getKey(), entry);
            }
        }
    }

    /** Ends all sessions. The pool opens no more sessions. */
    @Override
    public synchronized void close() {
        isClosed = true;
        entryByKey.values().forEach(entry -> entry.session.close());
        entryByKey.clear();
    }
}
