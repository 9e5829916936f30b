package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import java.util.List;
import java.util.Set;

/**
 * Immutable. Options of {@code REGISTER} (section "Registering and Unregistering").
 *
 * @param match how called URIs are compared
 * @param invoke how a callee is chosen
 * @param discloseCaller whether callers should be named to this callee
 * @param forwardTimeout whether the callee keeps call timeouts itself
 * @param extensions options of our own
 * @param forwardFor for whom a router link forwards
 * @param extra unknown keys
 */
public record RegisterMessageOptions(
        MatchPolicy match,
        InvokePolicy invoke,
        boolean discloseCaller,
        boolean forwardTimeout,
        RegisterExtensions extensions,
        List<ForwardedFor> forwardFor,
        Dict extra) {
    /** No options given. */
    public static final RegisterMessageOptions DEFAULT =
            new RegisterMessageOptions(MatchPolicy.EXACT, InvokePolicy.SINGLE, false, false, List.of(), Dict.EMPTY);

    private static final Set<String> KNOWN = Set.of(
            "match",
            "invoke",
            "disclose_caller",
            "forward_timeout",
            RegisterExtensions.CONCURRENCY,
            RegisterExtensions.FORCE_REREGISTER,
            RegisterExtensions.BALANCE,
            ForwardedFor.KEY);

    /** Options of the specification only. */
    public RegisterMessageOptions(
            MatchPolicy match,
            InvokePolicy invoke,
            boolean discloseCaller,
            boolean forwardTimeout,
            List<ForwardedFor> forwardFor,
            Dict extra) {
        this(match, invoke, discloseCaller, forwardTimeout, RegisterExtensions.NONE, forwardFor, extra);
    }

    /** Reads the options. */
    public static RegisterMessageOptions of(Dict dict) {
        if (dict.isEmpty()) {
            return DEFAULT;
        }
        return new RegisterMessageOptions(
                dict.choice("match", MatchPolicy::ofWire, MatchPolicy.EXACT),
                dict.choice("invoke", InvokePolicy::ofWire, InvokePolicy.SINGLE),
                dict.flag("disclose_caller", false),
                dict.flag("forward_timeout", false),
                RegisterExtensions.of(dict),
                ForwardedFor.of(dict),
                dict.without(KNOWN));
    }

    /** These without unknown keys and those that router links write, which a router has no use for. */
    public RegisterMessageOptions withoutExtra() {
        return extra.isEmpty() && forwardFor.isEmpty()
                ? this
                : new RegisterMessageOptions(
                        match, invoke, discloseCaller, forwardTimeout, extensions, List.of(), Dict.EMPTY);
    }

    /** The dictionary to send. */
    public Dict toDict() {
        if (this == DEFAULT) {
            return Dict.EMPTY;
        }
        Dict.Builder dict = extra.with()
                .put("match", match == MatchPolicy.EXACT ? null : match.wire())
                .put("invoke", invoke == InvokePolicy.SINGLE ? null : invoke.wire())
                .flag("disclose_caller", discloseCaller)
                .flag("forward_timeout", forwardTimeout);
        extensions.put(dict);
        return dict.put(ForwardedFor.KEY, ForwardedFor.toValue(forwardFor)).build();
    }
}
