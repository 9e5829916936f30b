package io.junctor.router.authorization;

import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.reply.Refusal;
import io.junctor.router.spi.Action;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Used by the thread that reads from one session. Checks URIs and permissions before a message goes into the turn, and
 * remembers what it found: a session that uses the same URIs again pays one look into a map.
 */
public final class MessageAuthorization {
    private static final Uri ADD_TESTAMENT = new Uri("wamp.session.add_testament");

    private static final Verdict BAD_ARGUMENTS = Verdict.refused(
            Refusal.of(WampError.INVALID_ARGUMENT, "the arguments cannot be read: they are too many or too deep"));

    private static final Verdict NOT_ONE_ARGUMENT = Verdict.refused(Refusal.of(
            WampError.INVALID_ARGUMENT, "with ppt_scheme there must be one argument, and none with a keyword"));

    private static final Verdict RESULT_NOT_ONE_ARGUMENT = Verdict.refused(
            Refusal.of(
                    WampError.INVALID_ARGUMENT,
                    "the callee's result cannot be passed on: with ppt_scheme there must be one argument, and none with a keyword"));

    private final SessionPermissions rights;
    private final ArgumentsCodec wording;
    private final Counters counters;
    private final DecisionCache findings;
    private final CachedAuthorizerDecisions decisions;
    /** What an authorizer has to decide before the message that was checked last can be routed. */
    private @Nullable PermissionQuery open;
    /** Is told what is denied. */
    private final Consumer<PermissionQuery> denied;

    public MessageAuthorization(
            SessionPermissions rights,
            CachedAuthorizerDecisions decisions,
            ArgumentsCodec wording,
            Counters counters,
            Consumer<PermissionQuery> denied) {
        this.denied = denied;
        this.findings = new DecisionCache(rights, denied);
        this.rights = rights;
        this.decisions = decisions;
        this.wording = wording;
        this.counters = counters;
    }

    /** What authorizers decided about the session; safe for use by many threads. */
    public CachedAuthorizerDecisions decisions() {
        return decisions;
    }

    /** An authorizer denied it. */
    public void onDenied(PermissionQuery question) {
        denied.accept(question);
    }

    /** What has to be decided where {@link #check} says {@link SessionPermissions#UNDECIDED}. */
    @Nullable
    public PermissionQuery open() {
        return open;
    }

    /** Whether {@code message} may be routed. */
    public Verdict check(FromClient message) {
        Verdict verdict = switch (message) {
            case Publish publish -> check(publish);
            case Call call ->
                decoding(
                        call,
                        oneArgument(
                                call.options().passthru(),
                                call.payload(),
                                find(Action.CALL, call.procedure(), MatchPolicy.EXACT)
                                        .disclosing(call.options().discloseMe())));
            case Subscribe subscribe ->
                find(Action.SUBSCRIBE, subscribe.topic(), subscribe.options().match());
            case Register register -> check(register);
            case Hello ignored -> Verdict.ALLOWED;
            case Abort ignored -> Verdict.ALLOWED;
            case Authenticate ignored -> Verdict.ALLOWED;
            case Goodbye ignored -> Verdict.ALLOWED;
            case ErrorMessage ignored -> Verdict.ALLOWED;
            case Unsubscribe ignored -> Verdict.ALLOWED;
            case Cancel ignored -> Verdict.ALLOWED;
            case Unregister ignored -> Verdict.ALLOWED;
            case Yield yield ->
                yield.options().passthru() == null || isOneArgument(yield.payload())
                        ? Verdict.ALLOWED
                        : RESULT_NOT_ONE_ARGUMENT;
        };
        Refusal refusal = verdict.refusal();
        if (refusal == SessionPermissions.NOT_AUTHORIZED) {
            counters.increment(Counter.REQUESTS_NOT_AUTHORIZED);
        } else if (refusal != null && refusal.error() == WampError.INVALID_URI) {
            counters.increment(Counter.REQUESTS_WITH_INVALID_URI);
        } else if (refusal != null && refusal.error() == WampError.INVALID_ARGUMENT) {
            counters.increment(Counter.REQUESTS_WITH_INVALID_ARGUMENT);
        }
        return verdict;
    }

    private Verdict check(Publish publish) {
        Verdict verdict = find(Action.PUBLISH, publish.topic(), MatchPolicy.EXACT)
                .disclosing(publish.options().discloseMe());
        Refusal refusal = verdict.refusal() == null && publish.options().audience() != Audience.ALL
                ? rights.uris().overLimit(publish.options().audience().longest())
                : null;
        return refusal == null
                ? oneArgument(publish.options().passthru(), publish.payload(), verdict)
                : Verdict.refused(refusal);
    }

    /** Whoever may register may take the place of others only if a rule allows that too. */
    private Verdict check(Register register) {
        RegisterMessageOptions options = register.options();
        Verdict verdict =
                find(Action.REGISTER, register.procedure(), options.match()).disclosing(options.discloseCaller());
        return verdict.refusal() == null && options.extensions().forceReregister()
                ? find(Action.REPLACE, register.procedure(), options.match())
                : verdict;
    }

    /** Section "Payload Passthru Mode": what is carried unread is the only argument. */
    private Verdict oneArgument(@Nullable Passthru passthru, Payload payload, Verdict verdict) {
        return passthru == null || verdict.refusal() != null || isOneArgument(payload) ? verdict : NOT_ONE_ARGUMENT;
    }

    private boolean isOneArgument(Payload payload) {
        try {
            Arguments arguments = wording.decode(payload);
            return arguments.positional().size() == 1 && arguments.keywords().isEmpty();
        } catch (ProtocolViolation problem) {
            return false;
        }
    }

    /** Reads the arguments for a procedure of the router before the turn. */
    private Verdict decoding(Call call, Verdict verdict) {
        if (verdict.refusal() != null || !call.procedure().isReserved()) {
            return verdict;
        }
        try {
            return foreseeing(call, verdict.with(wording.decode(call.payload())));
        } catch (ProtocolViolation problem) {
            return BAD_ARGUMENTS;
        }
    }

    /** A testament is judged in the turn, where nobody can be asked: so its topic is asked for before. */
    private Verdict foreseeing(Call call, Verdict verdict) {
        List<@Nullable Object> arguments = verdict.arguments().positional();
        if (rights.ask()
                && call.procedure().equals(ADD_TESTAMENT)
                && !arguments.isEmpty()
                && arguments.getFirst() instanceof String topic) {
            Verdict publishing = find(Action.PUBLISH, new Uri(topic), MatchPolicy.EXACT);
            return publishing.refusal() == SessionPermissions.UNDECIDED
                            || publishing.refusal() == SessionPermissions.UNKNOWN.refusal()
                    ? publishing
                    : verdict;
        }
        return verdict;
    }

    /** What an authorizer decided is looked at first, as that alone is one look: rules never say anything else about it. */
    private Verdict find(Action action, Uri uri, MatchPolicy match) {
        PermissionQuery question = new PermissionQuery(action, uri, match);
        Verdict decided = rights.ask() && rights.uris().overLimit(uri) == null ? decisions.find(question) : null;
        if (decided != null) {
            return decided;
        }
        Verdict known = findings.find(question);
        if (known.refusal() == SessionPermissions.UNDECIDED) {
            open = question;
        }
        return known;
    }
}
