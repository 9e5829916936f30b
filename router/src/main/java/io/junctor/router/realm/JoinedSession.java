package io.junctor.router.realm;

import io.junctor.router.authorization.MessageAuthorization;
import io.junctor.router.authorization.Verdict;
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
import org.jspecify.annotations.Nullable;

/**
 * Joins a session with its realm and its connection, and checks its request ids (section "IDs", session scope). Request ids of open
 * calls are checked by the dealer.
 */
final class JoinedSession implements SessionHandler {
    private final Realm realm;
    private final Session session;
    private final MessageAuthorization authorization;
    private final ClientConnection connection;
    private final Counters counters;
    /** The name of the client library if a role of the realm may know it. */
    private final @Nullable String agent;

    // Confined to the turn.
    private long lastRequest;
    private boolean loggedRequestIds;

    JoinedSession(
            Realm realm,
            Session session,
            MessageAuthorization authorization,
            ClientConnection connection,
            Counters counters,
            @Nullable String agent) {
        this.realm = realm;
        this.session = session;
        this.authorization = authorization;
        this.connection = connection;
        this.counters = counters;
        this.agent = agent;
    }

    Realm realm() {
        return realm;
    }

    /** The session; confined to the realm's turn but for its final fields. */
    Session session() {
        return session;
    }

    /** Checks its messages; confined to the reading thread. */
    MessageAuthorization authorization() {
        return authorization;
    }

    @Nullable
    String agent() {
        return agent;
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
        realm.submit(this, invalid.message(), new Verdict.Refused(refusal), receivedBytes);
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
        flowControl().undeliverable().log(session.rights().realm(), session.id(), session.identity(), message, problem);
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
