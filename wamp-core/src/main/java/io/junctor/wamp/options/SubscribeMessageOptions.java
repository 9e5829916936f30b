package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import java.util.List;
import java.util.Set;

/**
 * Options of {@code SUBSCRIBE} (section "Subscribing and Unsubscribing").
 *
 * @param match the match policy for the topic of a publication
 * @param withRetained whether the subscriber requests retained events ({@code get_retained})
 * @param forwardFor the sessions for which router links forwarded the message
 * @param extra the entries with unknown keys
 */
public record SubscribeMessageOptions(
        MatchPolicy match, boolean withRetained, List<ForwardedFor> forwardFor, Dict extra) {
    /** No options. */
    public static final SubscribeMessageOptions DEFAULT =
            new SubscribeMessageOptions(MatchPolicy.EXACT, false, List.of(), Dict.EMPTY);

    private static final Set<String> KNOWN = Set.of("match", "get_retained", "nkey", ForwardedFor.KEY);

    /** Reads the options; the key {@code nkey} is checked and ignored. */
    public static SubscribeMessageOptions of(Dict dict) {
        if (dict.isEmpty()) {
            return DEFAULT;
        }
        dict.text("nkey");
        return new SubscribeMessageOptions(
                dict.choice("match", MatchPolicy::ofWire, MatchPolicy.EXACT),
                dict.flag("get_retained", false),
                ForwardedFor.of(dict),
                dict.without(KNOWN));
    }

    /** Returns these options without unknown keys and without {@code forward_for}. */
    public SubscribeMessageOptions withoutExtra() {
        return extra.isEmpty() && forwardFor.isEmpty()
                ? this
                : new SubscribeMessageOptions(match, withRetained, List.of(), Dict.EMPTY);
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        if (this == DEFAULT) {
            return Dict.EMPTY;
        }
        return extra.with()
                .put("match", match == MatchPolicy.EXACT ? null : match.wire())
                .flag("get_retained", withRetained)
                .put(ForwardedFor.KEY, ForwardedFor.toValue(forwardFor))
                .build();
    }
}
