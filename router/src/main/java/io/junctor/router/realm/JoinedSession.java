package io.junctor.router.realm;

import io.junctor.router.authorization.MessageAuthorization;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.authorization.Verdict;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RequestIdCheck;
import io.junctor.router.connection.ClientConnection;
import io.junctor.router.connection.ClientFlowControl;
import io.junctor.router.connection.OutboxListener;
import io.junctor.router.connection.SessionHandler;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.codec.InvalidRequest;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.ProtocolViolation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Joins a session with its realm and its connection, and checks its request ids (section "IDs", session scope). Request ids of open
 * calls are checked by the dealer.
 */
final class JoinedSession implements SessionHandler {
    /**
     * Where the session comes from.
     *
     * @param agent the name of the client library if a role of the realm may know it, or null
     * @param grantedBy the realm whose methods authenticated the client, or null if it is this one
     */
    record Origin(@Nullable String agent, @Nullable String grantedBy) {
        private static final Origin UNKNOWN = new Origin(null, null);

        static Origin of(@Nullable String agent, @Nullable String grantedBy) {
            return agent == null && grantedBy == null ? UNKNOWN : new Origin(agent, grantedBy);
        }
    }

    private final Realm realm;
    private final Session session;
    /**
     * Written in the turn. The reading thread sees a new one from the next message on: the turn writes {@code ClientConnection.session} after
     * it, which the reading thread reads for each message. A message that was checked by another one is checked again in the turn.
     */
    private MessageAuthorization authorization;

    private final ClientConnection connection;
    private final Counters counters;
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
        this.session = session;
        this.authorization = authorization;
        this.connection = connection;
        this.counters = context.counters();
        this.joinedMillis = context.timers().now().toEpochMilli();
        this.origin = origin;
    }

    Realm realm() {
        return realm;
    }

    /** The session; confined to the realm's turn but for its final fields. */
    Session session() {
        return session;
    }

    /** Checks its messages; used by the reading thread, or by the turn that replaces it. */
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

    /** When it joined. */
    Instant joined() {
        return Instant.ofEpochMilli(joinedMillis);
    }

    /** Counts a message that is routed now. */
    @InTurn
    void noteMessage() {
        receivedMessages++;
    }

    /** How many messages of the session were routed. */
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
        realm.submit(this, message, receivedBytes);
    }

    @Override
    public void onInvalidRequest(InvalidRequest invalid, int receivedBytes) {
        counters.increment(Counter.REQUESTS_INVALID);
        connection
                .flowControl()
                .invalidRequests()
                .log(session.id(), session.identity().authid(), invalid);
        String prefix = switch (invalid.message()) {
            case Yield yield -> "the callee's result cannot be passed on: ";
            case ErrorMessage error -> "the arguments of the callee's error cannot be passed on: ";
            default -> "";
        };
        Refusal refusal =
                Refusal.of(invalid.error(), prefix + invalid.problem()).logged();
        realm.submit(this, authorization, invalid.message(), new Verdict.Refused(refusal), receivedBytes);
    }

    @Override
    public void onViolation(String problem) {
        realm.submitViolation(this, problem);
    }

    @Override
    public void onTransportLost() {
        realm.submitLeave(this);
    }

    @Override
    public void onUndeliverable(FromRouter message, OutboxListener.Problem problem) {
        flowControl().undeliverable().log(realm.config().name(), session.id(), session.identity(), message, problem);
        realm.submitUndeliverable(this, message, problem);
    }

    /**
     * Notes the id of a request. A gap is counted, and logged once per session.
     *
     * @throws ProtocolViolation if the realm does not accept it
     */
    @InTurn
    void noteRequest(long request) {
        long expected = Ids.next(lastRequest);
        if (request == expected) {
            lastRequest = request;
            return;
        }
        RequestIdCheck check = realm.config().requestIds();
        if (check == RequestIdCheck.STRICT) {
            throw new ProtocolViolation(
                    "request id is " + request + " where " + expected + " was expected (request_ids: strict)");
        }
        if (check == RequestIdCheck.MONOTONIC && request <= lastRequest) {
            throw new ProtocolViolation(
                    "request id " + request + " is not above " + lastRequest + " (request_ids: monotonic)");
        }
        lastRequest = request;
        counters.increment(Counter.REQUEST_IDS_OUT_OF_ORDER);
        if (!loggedRequestIds) {
            loggedRequestIds = true;
            flowControl().onIdsOutOfOrder();
        }
    }

    /** Whether {@code request} is not above all ids so far. */
    @InTurn
    boolean isUsed(long request) {
        return request <= lastRequest;
    }
}
