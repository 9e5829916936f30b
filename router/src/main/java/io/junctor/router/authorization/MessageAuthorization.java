package io.junctor.router.authorization;

import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.reply.Refusal;
import io.junctor.router.spi.Action;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.SessionMessage;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a session may send a message, before the message enters the realm's turn. Confined to the reading
 * thread.
 */
public final class MessageAuthorization {
    private static final Verdict NOT_ONE_ARGUMENT = new Verdict.Refused(Refusal.of(
            WampError.INVALID_ARGUMENT, "with ppt_scheme there must be one argument, and none with a keyword"));

    private static final Verdict RESULT_NOT_ONE_ARGUMENT = new Verdict.Refused(
            Refusal.of(
                    WampError.INVALID_ARGUMENT,
                    "the callee's result cannot be passed on: with ppt_scheme there must be one argument, and none with a keyword"));

    /**
     * The maximum size of the arguments for a procedure of the router, except the events of testaments. It bounds the time that the reading
     * thread takes to decode them.
     */
    private static final int ARGUMENT_BYTES = 1 << 16;

    private final SessionPermissions permissions;
    private final UriCheck uris;
    /** Whether an authorizer decides about requests to which no rule applies. */
    private final boolean asks;
    /** Refuses messages that use a switched-off feature; null if no feature is switched off. */
    private final @Nullable FeatureGate features;

    private final ArgumentsCodec codec;
    private final Counters counters;
    private final DecisionCache cache;
    private final CachedAuthorizerDecisions decisions;
    private final Consumer<PermissionQuery> onDenied;

    /**
     * Creates the authorization for one session; it calls {@code onDenied} when a rule or an authorizer denies a query for the first time.
     */
    public MessageAuthorization(
            SessionPermissions permissions,
            CachedAuthorizerDecisions decisions,
            ArgumentsCodec codec,
            Counters counters,
            Consumer<PermissionQuery> onDenied) {
        this.permissions = permissions;
        this.onDenied = onDenied;
        this.cache = new DecisionCache(permissions, onDenied);
        this.uris = permissions.uris();
        this.asks = permissions.asks();
        this.features = permissions.features();
        this.decisions = decisions;
        this.codec = codec;
        this.counters = counters;
    }

    /** Creates the authorization of the same session with other permissions. */
    public MessageAuthorization with(SessionPermissions permissions) {
        return new MessageAuthorization(permissions, decisions, codec, counters, onDenied);
    }

    /**
     * Decides in the turn about a message that was allowed before the permissions changed. A refused message stays refused. A message that
     * the new rules leave to an authorizer stays allowed, because the turn cannot ask an authorizer.
     */
    public Verdict.Decision again(FromClient message, Verdict.Decision before) {
        return before instanceof Verdict.Allowed && with(permissions).check(message) instanceof Verdict.Decision now
                ? now
                : before;
    }

    /** The decisions of authorizers about the session. Thread-safe. */
    public CachedAuthorizerDecisions decisions() {
        return decisions;
    }

    /** Reports that an authorizer denied {@code query}. */
    public void onDenied(PermissionQuery query) {
        onDenied.accept(query);
    }

    /** Decides whether the session may send {@code message}. */
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
            case Unsubscribe unsubscribe -> Verdict.Allowed.PLAIN;
            case Unregister unregister -> Verdict.Allowed.PLAIN;
            case SessionMessage other -> Verdict.Allowed.PLAIN;
            case ErrorMessage error -> Verdict.Allowed.PLAIN;
            case Cancel cancel -> Verdict.Allowed.PLAIN;
            case Yield yield ->
                yield.options().passthru() == null || isOneArgument(yield.payload())
                        ? Verdict.Allowed.PLAIN
                        : RESULT_NOT_ONE_ARGUMENT;
        };
        if (verdict instanceof Verdict.Refused refused) {
            count(refused.refusal().error());
        }
        return features == null ? verdict : features.check(message, verdict);
    }

    private void count(WampError error) {
        if (error == WampError.NOT_AUTHORIZED) {
            counters.increment(Counter.REQUESTS_NOT_AUTHORIZED);
        } else if (error == WampError.INVALID_URI) {
            counters.increment(Counter.REQUESTS_WITH_INVALID_URI);
        } else if (error == WampError.INVALID_ARGUMENT) {
            counters.increment(Counter.REQUESTS_WITH_INVALID_ARGUMENT);
        }
    }

    private Verdict check(Publish publish) {
        Verdict verdict = find(Action.PUBLISH, publish.topic(), MatchPolicy.EXACT)
                .disclosing(publish.options().discloseMe());
        Audience audience = publish.options().audience();
        Refusal refusal = verdict instanceof Verdict.Allowed && audience != Audience.ALL
                ? uris.overLimit(audience.longest())
                : null;
        return refusal == null
                ? oneArgument(publish.options().passthru(), publish.payload(), verdict)
                : new Verdict.Refused(refusal);
    }

    /**
     * Checks a REGISTER. A session that replaces the callees of a procedure needs the permission {@code replace} in addition to
     * {@code register}.
     */
    private Verdict check(Register register) {
        RegisterMessageOptions options = register.options();
        Verdict verdict =
                find(Action.REGISTER, register.procedure(), options.match()).disclosing(options.discloseCaller());
        return verdict instanceof Verdict.Allowed && options.extensions().forceReregister()
                ? find(Action.REPLACE, register.procedure(), options.match())
                : verdict;
    }

    /** Refuses a payload in passthru mode that does not consist of exactly one argument (section "Payload Passthru Mode"). */
    private Verdict oneArgument(@Nullable PassthruOptions passthru, Payload payload, Verdict verdict) {
        return passthru == null || !(verdict instanceof Verdict.Allowed) || isOneArgument(payload)
                ? verdict
                : NOT_ONE_ARGUMENT;
    }

    private boolean isOneArgument(Payload payload) {
        try {
            Arguments arguments = codec.decode(payload);
            return arguments.positional().size() == 1 && arguments.keywords().isEmpty();
        } catch (ProtocolViolationException problem) {
            return false;
        }
    }

    /** Decodes the arguments for a procedure of the router on the reading thread, to save the time in the turn. */
    private Verdict decoding(Call call, Verdict verdict) {
        if (!(verdict instanceof Verdict.Allowed allowed) || !call.procedure().isReserved()) {
            return verdict;
        }
        if (call.payload().length() > ARGUMENT_BYTES && !call.procedure().equals(CallArgumentsDecoder.PROCEDURE)) {
            return new Verdict.Refused(Refusal.of(
                    WampError.INVALID_ARGUMENT,
                    "%s: the arguments have %d bytes, over the limit of %d bytes for the router's own procedures"
                            .formatted(call.procedure().text(), call.payload().length(), ARGUMENT_BYTES)));
        }
        try {
            return checkTestament(call, CallArgumentsDecoder.encoded(call, codec), allowed);
        } catch (ProtocolViolationException problem) {
            return new Verdict.Refused(Refusal.of(
                    WampError.INVALID_ARGUMENT,
                    call.procedure().text() + ": the arguments cannot be read: " + problem.problem()));
        }
    }

    /**
     * Returns an undecided verdict if the authorizer must be asked about the topic of a testament first: the turn judges the topic by
     * {@link SessionPermissions#judge}, which does not ask the authorizer.
     */
    private Verdict checkTestament(Call call, Arguments arguments, Verdict.Allowed allowed) {
        List<@Nullable Object> positional = arguments.positional();
        if (asks
                && call.procedure().equals(CallArgumentsDecoder.PROCEDURE)
                && !positional.isEmpty()
                && positional.getFirst() instanceof String topic) {
            Verdict publishing = find(Action.PUBLISH, new Uri(topic), MatchPolicy.EXACT);
            boolean open = publishing instanceof Verdict.Undecided
                    || (publishing instanceof Verdict.Refused refused
                            && refused.refusal().error() == WampError.AUTHORIZATION_FAILED);
            if (open) {
                return publishing;
            }
        }
        return allowed.with(arguments);
    }

    /**
     * Finds the verdict on a request. Looks at the authorizer's decisions first: the authorizer decides only what the rules leave to it.
     */
    private Verdict find(Action action, Uri uri, MatchPolicy match) {
        PermissionQuery query = new PermissionQuery(action, uri, match);
        Verdict.Decision decided = asks && uris.overLimit(uri) == null ? decisions.find(query) : null;
        return decided == null ? cache.find(query) : decided;
    }
}
