package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import java.util.List;
import java.util.Set;

/**
 * Options of {@code REGISTER} (section "Registering and Unregistering").
 *
 * @param match the match policy for the URI of a call
 * @param invoke the policy by which the callee of a call is selected
 * @param discloseCaller whether the callee requests the disclosure of callers
 * @param forwardTimeout whether the callee enforces call timeouts itself
 * @param extensions options that the specification does not define
 * @param forwardFor the sessions for which router links forwarded the message
 * @param extra the entries with unknown keys
 */
public record RegisterMessageOptions(
        MatchPolicy match,
        InvokePolicy invoke,
        boolean discloseCaller,
        boolean forwardTimeout,
        RegisterExtensions extensions,
        List<ForwardedFor> forwardFor,
        Dict extra) {
    /** No options. */
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

    /** Creates options without extensions. */
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

    /** Returns these options without unknown keys and without {@code forward_for}. */
    public RegisterMessageOptions withoutExtra() {
        return extra.isEmpty() && forwardFor.isEmpty()
                ? this
                : new RegisterMessageOptions(
                        match, invoke, discloseCaller, forwardTimeout, extensions, List.of(), Dict.EMPTY);
    }

    /** Returns the dictionary to send. */
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
