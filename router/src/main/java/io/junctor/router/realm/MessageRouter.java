package io.junctor.router.realm;

import io.junctor.router.authorization.MessageAuthorization;
import io.junctor.router.authorization.Verdict;
import io.junctor.router.broker.Broker;
import io.junctor.router.connection.OutboxListener;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.dealer.RemoteDealers;
import io.junctor.router.memory.HeapEstimate;
import io.junctor.router.meta.MetaApi;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.codec.InvalidRequestException;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Request;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes the messages of sessions into the realm's turn, and routes them there to the broker, the dealer or the meta API (section
 * "Messages"). Thread-safe, because each access to the realm's state goes through the turnstile.
 */
final class MessageRouter {
    private static final Refusal ROUTER_FAILED =
            Refusal.of(WampError.RUNTIME_ERROR, "the router failed to handle this request; its log says why");

    private static final Refusal NO_PASSTHRU = Refusal.of(
            WampError.FEATURE_NOT_SUPPORTED, "the router's own procedures read their arguments: no ppt_scheme");

    /** The receivers of routed messages. */
    record Receivers(Broker broker, Dealer dealer, MetaApi meta) {}

    /** A message that {@code checkedBy} allowed or refused, on its way into the turn of the realm. */
    private static final class CheckedMessage extends Turnstile.Operation {
        private final JoinedSession from;
        private final MessageAuthorization checkedBy;
        private final FromClient message;
        private final Verdict.Decision verdict;

        CheckedMessage(
                JoinedSession from,
                MessageAuthorization checkedBy,
                FromClient message,
                Verdict.Decision verdict,
                int heldBytes) {
            super(from.flowControl(), heldBytes);
            this.from = from;
            this.checkedBy = checkedBy;
            this.message = message;
            this.verdict = verdict;
        }

        @InTurn
        @Override
        public void run() {
            // The routing is found through the session, which saves a field in each message.
            from.routing().route(this);
        }
    }

    private final Turnstile turnstile;
    private final AuthorizerQueries authorizerQueries;
    private final SessionCloser closer;
    private final Broker broker;
    private final Dealer dealer;
    private final @Nullable RemoteDealers remote;
    private final MetaApi meta;
    private final RealmCounters counters;

    MessageRouter(
            Turnstile turnstile,
            Receivers receivers,
            AuthorizerQueries authorizerQueries,
            SessionCloser closer,
            RealmCounters counters) {
        this.turnstile = turnstile;
        this.authorizerQueries = authorizerQueries;
        this.closer = closer;
        this.broker = receivers.broker();
        this.dealer = receivers.dealer();
        this.remote = dealer.remote();
        this.meta = receivers.meta();
        this.counters = counters;
    }

    // ---- Into the turn.

    /**
     * Routes a message of {@code receivedBytes} bytes after all earlier messages of {@code from}; first asks an authorizer if the rules
     * leave the decision to it.
     */
    void submit(JoinedSession from, FromClient message, int receivedBytes) {
        MessageAuthorization authorization = from.authorization();
        switch (authorization.check(message)) {
            case Verdict.Decision decision -> submit(from, authorization, message, decision, receivedBytes);
            case Verdict.Undecided undecided -> {
                from.flowControl().onDecision();
                authorizerQueries.submit(from, message, undecided.query(), 0);
            }
        }
    }

    /** Answers a request whose options or arguments are not valid, after all earlier messages of {@code from}. */
    void submitInvalid(JoinedSession from, InvalidRequestException invalid, int receivedBytes) {
        counters.ofRouter().increment(Counter.REQUESTS_INVALID);
        String prefix = switch (invalid.message()) {
            case Yield yield -> "the callee's result cannot be passed on: ";
            case ErrorMessage error -> "the arguments of the callee's error cannot be passed on: ";
            default -> "";
        };
        Refusal refusal =
                Refusal.of(invalid.error(), prefix + invalid.problem()).logged();
        submit(from, from.authorization(), invalid.message(), new Verdict.Refused(refusal), receivedBytes);
    }

    /** Routes a message that {@code checkedBy} allowed or refused. */
    private void submit(
            JoinedSession from,
            MessageAuthorization checkedBy,
            FromClient message,
            Verdict.Decision verdict,
            int receivedBytes) {
        boolean isDecoded = verdict instanceof Verdict.Allowed allowed && allowed.arguments() != null;
        int bytes = HeapEstimate.waiting(message, isDecoded, receivedBytes);
        turnstile.runInPass(new CheckedMessage(from, checkedBy, message, verdict, bytes));
    }

    /** Routes a message about which an authorizer has decided, and resumes reading. */
    void submitDecided(
            JoinedSession from, MessageAuthorization checkedBy, FromClient message, Verdict.Decision verdict) {
        checkedBy.decisions().passed();
        turnstile.runNow(new CheckedMessage(from, checkedBy, message, verdict, 0));
        from.flowControl().onDecisionDone();
    }

    /** Ends a session that broke the protocol, after all its earlier messages. */
    void submitViolation(JoinedSession from, String problem) {
        turnstile.runLast(from.flowControl(), () -> closer.violate(from, problem));
    }

    /** Ends a session whose transport is lost, after all operations that it submitted, including parked operations. */
    void submitLeave(JoinedSession from) {
        turnstile.runLast(from.flowControl(), () -> closer.leave(from));
    }

    /** Handles a message that could not be sent to {@code to}. */
    void submitUndeliverable(JoinedSession to, FromRouter message, OutboxListener.Problem problem) {
        turnstile.run(() -> undeliverable(to.session(), message, problem));
    }

    // ---- In the turn.

    @InTurn
    private void route(CheckedMessage checked) {
        JoinedSession from = checked.from;
        if (!from.session().isOpen()) {
            from.connection().afterLeave(checked.message);
        } else if (!from.session().defers(checked.bytes(), checked)) {
            MessageAuthorization now = from.authorization();
            routeOrFail(
                    from,
                    checked.message,
                    now == checked.checkedBy ? checked.verdict : now.again(checked.message, checked.verdict));
        }
    }

    @InTurn
    private void routeOrFail(JoinedSession from, FromClient message, Verdict.Decision verdict) {
        try {
            route(from, message, verdict);
        } catch (ProtocolViolationException violation) {
            closer.violate(from, violation.problem());
        } catch (RuntimeException | Error fault) {
            turnstile.tell(fault);
            fail(from, message);
        }
    }

    /**
     * Routes a message of an open session, or answers it with the refusal of {@code verdict} if there is one.
     *
     * @throws ProtocolViolationException if the session must not send this message in its present state
     */
    @InTurn
    private void route(JoinedSession from, FromClient message, Verdict.Decision verdict) {
        from.noteMessage();
        counters.onMessage(message.code());
        boolean mayPause = message instanceof Call || message instanceof Yield || message instanceof ErrorMessage;
        if (remote == null || !mayPause) {
            route(from, message, verdict, verdict.refusal());
        } else {
            remote.onBegin();
            route(from, message, verdict, verdict.refusal());
            var unused = remote.pauses(from.session());
        }
    }

    @InTurn
    private void route(JoinedSession from, FromClient message, Verdict.Decision verdict, @Nullable Refusal refusal) {
        Session session = from.session();
        switch (message) {
            case Hello hello -> throw new ProtocolViolationException("HELLO in a session that is open");
            case Authenticate authenticate -> throw new ProtocolViolationException("AUTHENTICATE without a challenge");
            case Abort abort -> closer.abort(from);
            case Goodbye goodbye -> closer.goodbye(from);
            case ErrorMessage error -> onError(from, error, refusal);
            case Publish publish -> onPublish(from, publish, verdict);
            case Subscribe subscribe -> {
                if (passes(from, subscribe, refusal)) {
                    broker.onSubscribe(session, subscribe);
                }
            }
            case Unsubscribe unsubscribe -> {
                noteRequest(from, unsubscribe);
                broker.onUnsubscribe(session, unsubscribe);
            }
            case Call call -> onCall(from, call, verdict);
            case Cancel cancel -> {
                if (refusal == null) {
                    dealer.onCancel(session, cancel);
                }
            }
            case Register register -> {
                if (passes(from, register, refusal)) {
                    dealer.onRegister(session, register);
                }
            }
            case Unregister unregister -> {
                noteRequest(from, unregister);
                dealer.onUnregister(session, unregister);
            }
            case Yield yield -> {
                expectAnnounced(session, Role.CALLEE, yield.options().passthru());
                boolean known = refusal == null
                        ? dealer.onYield(session, yield)
                        : dealer.onInvalidYield(session, yield, refusal);
                noteAnswer(from, known);
            }
        }
    }

    /** Records the id of a request, and counts an id that is not the last id plus 1. */
    @InTurn
    private void noteRequest(JoinedSession from, Request request) {
        if (!from.noteRequest(request.request())) {
            counters.increment(Counter.REQUEST_IDS_OUT_OF_ORDER);
        }
    }

    /**
     * Counts an answer to an invocation that was never sent. A lenient realm drops such answers, because clients may send them after they
     * reconnect.
     */
    @InTurn
    private void noteAnswer(JoinedSession from, boolean known) {
        if (!known) {
            counters.increment(Counter.ANSWERS_UNKNOWN);
            from.flowControl().onUnknownAnswer();
        }
    }

    /** Answers a request during which the router itself failed. The session continues. */
    @InTurn
    private void fail(JoinedSession from, FromClient message) {
        boolean isAnswered =
                !(message instanceof Publish publish) || publish.options().acknowledge();
        if (isAnswered && message instanceof Request request) {
            from.session().refuse(ROUTER_FAILED, request.code(), request.request());
        }
    }

    @InTurn
    private void onError(JoinedSession from, ErrorMessage error, @Nullable Refusal refusal) {
        Session session = from.session();
        expectAnnounced(session, Role.CALLEE, error.details().passthru());
        if (error.requestType() != Invocation.CODE) {
            throw new ProtocolViolationException(
                    "ERROR from a client must answer an INVOCATION (68), not " + error.requestType());
        }
        boolean known =
                refusal == null ? dealer.onError(session, error) : dealer.onInvalidError(session, error, refusal);
        noteAnswer(from, known);
    }

    @InTurn
    private void onPublish(JoinedSession from, Publish publish, Verdict.Decision verdict) {
        expectAnnounced(from.session(), Role.PUBLISHER, publish.options().passthru());
        noteRequest(from, publish);
        switch (verdict) {
            case Verdict.Allowed allowed -> broker.onPublish(from.session(), publish, allowed.disclosure());
            case Verdict.Refused refused -> {
                // Section "Publishing and Events": without acknowledge the publisher gets no answer, not even ERROR.
                if (publish.options().acknowledge()) {
                    RequestRefuser.answer(from.session(), publish, refused.refusal());
                } else {
                    RequestRefuser.log(from.session(), publish, refused.refusal());
                }
            }
        }
    }

    @InTurn
    private void onCall(JoinedSession from, Call call, Verdict.Decision verdict) {
        Session session = from.session();
        expectAnnounced(session, Role.CALLER, call.options().passthru());
        if (dealer.onLaterPart(session, call, from.isUsed(call.request()), verdict.refusal())) {
            return;
        }
        if (!passes(from, call, verdict.refusal()) || !(verdict instanceof Verdict.Allowed allowed)) {
            return;
        }
        if (call.procedure().isReserved() && call.options().passthru() != null) {
            session.refuse(NO_PASSTHRU.about(call.procedure().text()), Call.CODE, call.request());
        } else if (call.procedure().isReserved()) {
            // A pattern that a client registered never matches the procedures of the router.
            meta.onCall(session, call, Objects.requireNonNull(allowed.arguments()));
        } else {
            dealer.onCall(session, call, allowed.disclosure());
        }
    }

    /** Records the id of a request, and answers the request if it is refused. Returns whether it was not refused. */
    @InTurn
    private boolean passes(JoinedSession from, Request request, @Nullable Refusal refusal) {
        noteRequest(from, request);
        if (refusal != null) {
            RequestRefuser.answer(from.session(), request, refusal);
        }
        return refusal == null;
    }

    /** Checks that a client which uses payload passthru mode has announced the feature (section "Payload Passthru Mode"). */
    @InTurn
    private static void expectAnnounced(Session session, Role role, @Nullable PassthruOptions passthru) {
        if (passthru != null && !session.roles().has(role, Feature.PAYLOAD_PASSTHRU_MODE)) {
            throw new ProtocolViolationException(
                    "ppt_scheme from a " + role.wire() + " that did not announce payload_passthru_mode");
        }
    }

    /** Handles a message that could not be sent to {@code to}. */
    @InTurn
    private void undeliverable(Session to, FromRouter message, OutboxListener.Problem problem) {
        if (!to.isOpen()) {
            return;
        }
        if (message instanceof Invocation invocation) {
            dealer.onUndeliverable(to, invocation, problem);
        } else if (message instanceof Result result) {
            dealer.onUndeliverableAnswer(to, result.request(), result.details().progress(), problem);
        } else if (message instanceof ErrorMessage error && error.requestType() == Call.CODE) {
            dealer.onUndeliverableAnswer(to, error.request(), false, problem);
        } else if (message instanceof Event event) {
            broker.onUndeliverable(to, event);
            counters.increment(
                    switch (problem) {
                        case OutboxListener.Problem.Unrepresentable what -> Counter.EVENTS_UNREPRESENTABLE;
                        case OutboxListener.Problem.TooLarge sizes -> Counter.EVENTS_TOO_LARGE;
                    });
        }
    }
}
