package io.junctor.router.realm;

import io.junctor.router.authorization.Verdict;
import io.junctor.router.broker.Broker;
import io.junctor.router.connection.OutboxListener;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.dealer.RemoteDealers;
import io.junctor.router.meta.MetaApi;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
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
import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.WampError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Routes each message of an open session to the broker, the dealer or the meta API (section "Messages"). Confined to the realm's turn. */
final class Routing {
    private static final Refusal ROUTER_FAILED =
            Refusal.of(WampError.RUNTIME_ERROR, "the router failed to handle this request; its log says why");

    private static final Refusal NO_PASSTHRU = Refusal.of(
            WampError.FEATURE_NOT_SUPPORTED, "the router's own procedures read their arguments: no ppt_scheme");

    private final Broker broker;
    private final Dealer dealer;
    private final @Nullable RemoteDealers remote;
    private final MetaApi meta;
    private final RealmCounters counters;

    Routing(Broker broker, Dealer dealer, MetaApi meta, RealmCounters counters) {
        this.broker = broker;
        this.dealer = dealer;
        this.remote = dealer.remote();
        this.meta = meta;
        this.counters = counters;
    }

    /**
     * Routes a message of an open session, or answers it with the refusal of {@code verdict} if there is one.
     *
     * @throws ProtocolViolation if the session must not send this now
     */
    @InTurn
    void route(JoinedSession from, FromClient message, Verdict.Decision verdict) {
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
            case Hello hello -> throw new ProtocolViolation("HELLO in a session that is open");
            case Authenticate authenticate -> throw new ProtocolViolation("AUTHENTICATE without a challenge");
            case Abort abort -> from.realm().abort(from);
            case Goodbye goodbye -> from.realm().goodbye(from);
            case ErrorMessage error -> onError(from, error, refusal);
            case Publish publish -> onPublish(from, publish, verdict);
            case Subscribe subscribe -> {
                if (passes(from, subscribe, refusal)) {
                    broker.onSubscribe(session, subscribe);
                }
            }
            case Unsubscribe unsubscribe -> {
                from.noteRequest(unsubscribe.request());
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
                from.noteRequest(unregister.request());
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

    /** Counts an answer to an invocation that was never sent; a lenient realm drops it, as clients may send it after they reconnect. */
    @InTurn
    private void noteAnswer(JoinedSession from, boolean known) {
        if (!known) {
            counters.increment(Counter.ANSWERS_UNKNOWN);
            from.flowControl().onUnknownAnswer();
        }
    }

    /** Answers a request during which the router itself failed. The session goes on. */
    @InTurn
    void fail(JoinedSession from, FromClient message) {
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
            throw new ProtocolViolation(
                    "ERROR from a client must answer an INVOCATION (68), not " + error.requestType());
        }
        boolean known =
                refusal == null ? dealer.onError(session, error) : dealer.onInvalidError(session, error, refusal);
        noteAnswer(from, known);
    }

    @InTurn
    private void onPublish(JoinedSession from, Publish publish, Verdict.Decision verdict) {
        expectAnnounced(from.session(), Role.PUBLISHER, publish.options().passthru());
        from.noteRequest(publish.request());
        switch (verdict) {
            case Verdict.Allowed allowed -> broker.onPublish(from.session(), publish, allowed.grant());
            case Verdict.Refused refused -> {
                // Section "Publishing and Events": without acknowledge there is no answer, not even to a refusal.
                if (publish.options().acknowledge()) {
                    RequestRefusal.answer(from.session(), publish, refused.refusal());
                } else {
                    RequestRefusal.log(from.session(), publish, refused.refusal());
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
            dealer.onCall(session, call, allowed.grant());
        }
    }

    /** Notes the id of a request, and answers it if it is refused. */
    @InTurn
    private boolean passes(JoinedSession from, Request request, @Nullable Refusal refusal) {
        from.noteRequest(request.request());
        if (refusal != null) {
            RequestRefusal.answer(from.session(), request, refusal);
        }
        return refusal == null;
    }

    /** Section "Payload Passthru Mode": only a client that announced the feature may use it. */
    @InTurn
    private static void expectAnnounced(Session session, Role role, @Nullable Passthru passthru) {
        if (passthru != null && !session.roles().has(role, Feature.PAYLOAD_PASSTHRU_MODE)) {
            throw new ProtocolViolation(
                    "ppt_scheme from a " + role.wire() + " that did not announce payload_passthru_mode");
        }
    }

    /** Handles a message that could not be sent to {@code to}. */
    @InTurn
    void undeliverable(Session to, FromRouter message, OutboxListener.Problem problem) {
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
