package io.junctor.router.realm;

import io.junctor.router.authorization.MessageAuthorization;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.connection.ClientConnection;
import io.junctor.router.connection.ClientFlowControl;
import io.junctor.router.connection.OutboxListener;
import io.junctor.router.connection.SessionHandler;
import io.junctor.router.session.Session;
import io.junctor.router.tracing.TracedSession;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.codec.InvalidRequestException;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.ProtocolViolationException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Connects a session with its realm and its connection, and checks its request ids (section "IDs", session scope). The dealer checks the
 * request ids of open calls.
 */
final class JoinedSession implements SessionHandler {
    /**
     * The origin of the session.
     *
     * @param agent the name of the client library if a role of the realm may see it, otherwise null
     * @param grantedBy the realm whose methods authenticated the client, or null if it is the session's own realm
     */
    record Origin(@Nullable String agent, @Nullable String grantedBy) {
        private static final Origin UNKNOWN = new Origin(null, null);

        static Origin of(@Nullable String agent, @Nullable String grantedBy) {
            return agent == null && grantedBy == null ? UNKNOWN : new Origin(agent, grantedBy);
        }
    }

    private final Realm realm;
    private final MessageRouter routing;
    private final Session session;
    /**
     * The authorization of the session's messages. Written in the turn. The reading thread uses a new value from the next message on,
     * because the turn then writes {@code ClientConnection.session}, which the reading thread reads for each message. A message that was
     * checked by an older authorization is checked again in the turn.
     */
    private MessageAuthorization authorization;

    private final ClientConnection connection;
    private final Origin origin;

    private final long joinedMillis;

    // Confined to the turn.
    private long lastRequest;
    private long receivedMessages;
    private boolean loggedRequestIds;

    JoinedSession(
            Realm realm,
            Session session,
            MessageAuthorization authorization,
            ClientConnection connection,
            RouterContext context,
            Origin origin) {
        this.realm = realm;
        this.routing = realm.routing();
        this.session = session;
        this.authorization = authorization;
        this.connection = connection;
        this.joinedMillis = context.timers().now().toEpochMilli();
        this.origin = origin;
    }

    Realm realm() {
        return realm;
    }

    /** The object that routes the messages of the session. */
    MessageRouter routing() {
        return routing;
    }

    /** The session; confined to the realm's turn, except its final fields. */
    Session session() {
        return session;
    }

    /** The authorization of the session's messages; used by the reading thread, and by the turn, which replaces it. */
    MessageAuthorization authorization() {
        return authorization;
    }

    /** Replaces the permissions and the limits from now on. */
    @InTurn
    void use(SessionPermissions rights, RealmLimits limits) {
        authorization = authorization.with(rights);
        session.use(rights, limits);
        connection.publishSession();
    }

    @Nullable
    String grantedBy() {
        return origin.grantedBy();
    }

    @Nullable
    String agent() {
        return origin.agent();
    }

    /** The time at which the session joined. */
    Instant joined() {
        return Instant.ofEpochMilli(joinedMillis);
    }

    /** Counts a routed message. */
    @InTurn
    void noteMessage() {
        receivedMessages++;
    }

    /** The number of messages of the session that were routed. */
    @InTurn
    long receivedMessages() {
        return receivedMessages;
    }

    ClientConnection connection() {
        return connection;
    }

    ClientFlowControl flowControl() {
        return connection.flowControl();
    }

    @Override
    public void onMessage(FromClient message, int receivedBytes) {
        TracedSession trace = session.trace();
        routing.submit(this, trace == null ? message : trace.begin(message), receivedBytes);
        if (trace != null && message instanceof Goodbye) {
            trace.endAll();
        }
    }

    @Override
    public void onInvalidRequest(InvalidRequestException invalid, int receivedBytes) {
        connection
                .flowControl()
                .invalidRequests()
                .log(session.id(), session.identity().authid(), invalid);
        routing.submitInvalid(this, invalid, receivedBytes);
    }

    @Override
    public void onViolation(String problem) {
        routing.submitViolation(this, problem);
        endSpans();
    }

    @Override
    public void onTransportLost() {
        routing.submitLeave(this);
        endSpans();
    }

    private void endSpans() {
        TracedSession trace = session.trace();
        if (trace != null) {
            trace.endAll();
        }
    }

    @Override
    public void onUndeliverable(FromRouter message, OutboxListener.Problem problem) {
        flowControl().undeliverable().log(realm.config().name(), session.id(), session.identity(), message, problem);
        routing.submitUndeliverable(this, message, problem);
    }

    /**
     * Records the id of a request. A gap is logged once per session.
     *
     * @return whether the id is the last id plus 1
     * @throws ProtocolViolationException if the realm does not accept it
     */
    @InTurn
    boolean noteRequest(long request) {
        long expected = Ids.next(lastRequest);
        if (request == expected) {
            lastRequest = request;
            return true;
        }
        RequestIdCheck check = realm.config().requestIds();
        if (check == RequestIdCheck.STRICT) {
            throw new ProtocolViolationException(
                    "request id is " + request + " where " + expected + " was expected (request_ids: strict)");
        }
        if (check == RequestIdCheck.MONOTONIC && request <= lastRequest) {
            throw new ProtocolViolationException(
                    "request id " + request + " is not above " + lastRequest + " (request_ids: monotonic)");
        }
        lastRequest = request;
        if (!loggedRequestIds) {
            loggedRequestIds = true;
            flowControl().onIdsOutOfOrder();
        }
        return false;
    }

    /** Whether {@code request} is at most the last id. */
    @InTurn
    boolean isUsed(long request) {
        return request <= lastRequest;
    }
}
