package io.junctor.router.realm;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.Verdict;
import io.junctor.router.broker.Broker;
import io.junctor.router.connection.Outbox;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.meta.MetaApi;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.spi.Action;
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
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Leads each message of an open session to whoever deals with it (section "Messages"). */
final class Routing {
    private static final Refusal ROUTER_FAILED =
            Refusal.of(WampError.RUNTIME_ERROR, "the router failed to handle this request; its log says why");

    private static final Refusal NO_PASSTHRU = Refusal.of(
            WampError.FEATURE_NOT_SUPPORTED, "the router's own procedures read their arguments: no ppt_scheme");

    private final Broker broker;
    private final Dealer dealer;
    private final MetaApi meta;
    private final Counters counters;

    Routing(Broker broker, Dealer dealer, MetaApi meta, Counters counters) {
        this.broker = broker;
        this.dealer = dealer;
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
        Session session = from.session();
        Refusal refusal = verdict.refusal();
        switch (message) {
            case Hello ignored -> throw new ProtocolViolation("HELLO in a session that is open");
            case Authenticate ignored -> throw new ProtocolViolation("AUTHENTICATE without a challenge");
            case Abort ignored -> from.realm().abort(from);
            case Goodbye ignored -> from.realm().goodbye(from);
            case ErrorMessage error -> onError(from, error, refusal);
            case Publish publish -> onPublish(from, publish, verdict);
            case Subscribe subscribe -> {
                if (passes(from, subscribe, subscribe.request(), refusal)) {
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
                if (passes(from, register, register.request(), refusal)) {
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

    /** A lenient realm drops answers to invocations that were never sent, as clients send again what they had not sent before they reconnected. */
    @InTurn
    private void noteAnswer(JoinedSession from, boolean known) {
        if (!known) {
            counters.increment(Counter.ANSWERS_UNKNOWN);
            from.flowControl().onUnknownAnswer();
        }
    }

    /** Answers a request that could not be handled as the router itself failed; the session lives on. */
    @InTurn
    void fail(JoinedSession from, FromClient message) {
        long request = switch (message) {
            case Publish publish -> publish.options().acknowledge() ? publish.request() : 0;
            case Subscribe subscribe -> subscribe.request();
            case Unsubscribe unsubscribe -> unsubscribe.request();
            case Call call -> call.request();
            case Register register -> register.request();
            case Unregister unregister -> unregister.request();
            case Hello ignored -> 0;
            case Abort ignored -> 0;
            case Authenticate ignored -> 0;
            case Goodbye ignored -> 0;
            case ErrorMessage ignored -> 0;
            case Cancel ignored -> 0;
            case Yield ignored -> 0;
        };
        if (request != 0) {
            from.session().refuse(ROUTER_FAILED, message.code(), request);
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
                    from.session().refuse(named(refused.refusal(), publish), Publish.CODE, publish.request());
                }
            }
        }
    }

    @InTurn
    private void onCall(JoinedSession from, Call call, Verdict.Decision verdict) {
        Session session = from.session();
        expectAnnounced(session, Role.CALLER, call.options().passthru());
        if (call.options().progress() && !callsInParts(session)) {
            throw new ProtocolViolation("CALL with progress where progressive_call_invocations is not announced");
        }
        if (from.isUsed(call.request()) && callsInParts(session) && dealer.isPart(session, call)) {
            onPart(session, call, verdict.refusal());
            return;
        }
        if (call.options().progress()) {
            dealer.expectParts(session, call.request());
        }
        if (!passes(from, call, call.request(), verdict.refusal())
                || !(verdict instanceof Verdict.Allowed allowed)) {
            return;
        }
        if (call.procedure().isReserved() && call.options().passthru() != null) {
            session.refuse(NO_PASSTHRU, Call.CODE, call.request());
        } else if (call.procedure().isReserved()) {
            // Whatever pattern a client registered, procedures of the router are not its own to answer.
            meta.onCall(session, call, Objects.requireNonNull(allowed.arguments()));
        } else {
            dealer.onCall(session, call, allowed.grant());
        }
    }

    /** Only a refusal of its arguments counts: whether the caller may call the procedure was decided on the first part. */
    @InTurn
    private void onPart(Session session, Call part, @Nullable Refusal refusal) {
        if (refusal == null
                || (refusal.error() != WampError.INVALID_PAYLOAD && refusal.error() != WampError.INVALID_ARGUMENT)) {
            dealer.onPart(session, part);
        } else {
            dealer.onInvalidPart(session, part, refusal);
        }
    }

    /** Section "Progressive Call Invocations": only where both sides announced the feature. */
    @InTurn
    private static boolean callsInParts(Session caller) {
        return caller.roles().has(Role.CALLER, Feature.PROGRESSIVE_CALL_INVOCATIONS);
    }

    /** Notes the id of a request; answers it if it is refused. */
    @InTurn
    private boolean passes(JoinedSession from, FromClient message, long request, @Nullable Refusal refusal) {
        from.noteRequest(request);
        if (refusal != null) {
            from.session().refuse(named(refusal, message), message.code(), request);
        }
        return refusal == null;
    }

    /** The refusal of a request; where the session may not send it, its text names the action and the URI. */
    private static Refusal named(Refusal refusal, FromClient message) {
        if (refusal.error() != WampError.NOT_AUTHORIZED) {
            return refusal;
        }
        return switch (message) {
            case Publish publish -> denied(Action.PUBLISH, publish.topic(), MatchPolicy.EXACT);
            case Call call -> denied(Action.CALL, call.procedure(), MatchPolicy.EXACT);
            case Subscribe subscribe ->
                denied(Action.SUBSCRIBE, subscribe.topic(), subscribe.options().match());
            case Register register ->
                denied(
                        register.options().extensions().forceReregister() ? Action.REPLACE : Action.REGISTER,
                        register.procedure(),
                        register.options().match());
            default -> refusal;
        };
    }

    private static Refusal denied(Action action, Uri uri, MatchPolicy match) {
        return new PermissionQuery(action, uri, match).refusal();
    }

    /** Section "Payload Passthru Mode": only from who announced it. */
    @InTurn
    private static void expectAnnounced(Session session, Role role, @Nullable Passthru passthru) {
        if (passthru != null && !session.roles().has(role, Feature.PAYLOAD_PASSTHRU_MODE)) {
            throw new ProtocolViolation(
                    "ppt_scheme from a " + role.wire() + " that did not announce payload_passthru_mode");
        }
    }

    /** Tells what could not be sent to {@code to}. */
    @InTurn
    void undeliverable(Session to, FromRouter message, Outbox.Problem problem) {
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
                        case UNREPRESENTABLE -> Counter.EVENTS_UNREPRESENTABLE;
                        case TOO_LARGE -> Counter.EVENTS_TOO_LARGE;
                    });
        }
    }
}
