package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.TraceContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code PUBLISH} (section "Publishing and Events").
 *
 * @param acknowledge whether the publisher requests {@code PUBLISHED} or {@code ERROR}
 * @param excludeMe whether the publisher does not receive the event; true by default
 * @param discloseMe whether the publisher requests its disclosure
 * @param retain whether the router retains the event for later subscribers
 * @param audience which subscribers may receive the event
 * @param passthru the options of payload passthru mode, or null
 * @param forwardFor the sessions for which router links forwarded the message
 * @param extra the entries with unknown keys
 */
public record PublishMessageOptions(
        boolean acknowledge,
        boolean excludeMe,
        boolean discloseMe,
        boolean retain,
        Audience audience,
        @Nullable PassthruOptions passthru,
        List<ForwardedFor> forwardFor,
        Dict extra) {
    /** No options. */
    public static final PublishMessageOptions DEFAULT =
            new PublishMessageOptions(false, true, false, false, Audience.ALL, null, List.of(), Dict.EMPTY);
    /** The option {@code acknowledge} only. */
    public static final PublishMessageOptions ACKNOWLEDGE =
            new PublishMessageOptions(true, true, false, false, Audience.ALL, null, List.of(), Dict.EMPTY);

    private static final Dict ACKNOWLEDGE_DICT = Dict.of("acknowledge", true);

    private static final Set<String> KNOWN = Set.of(
            "acknowledge",
            "exclude_me",
            "disclose_me",
            "retain",
            "rkey",
            "exclude",
            "exclude_authid",
            "exclude_authrole",
            "eligible",
            "eligible_authid",
            "eligible_authrole",
            PassthruOptions.SCHEME,
            PassthruOptions.SERIALIZER,
            PassthruOptions.CIPHER,
            PassthruOptions.KEY_ID,
            ForwardedFor.KEY);

    /** Reads the options; the key {@code rkey} is checked and ignored. */
    public static PublishMessageOptions of(Dict dict) {
        if (dict.isEmpty()) {
            return DEFAULT;
        }
        dict.text("rkey");
        return new PublishMessageOptions(
                dict.flag("acknowledge", false),
                dict.flag("exclude_me", true),
                dict.flag("disclose_me", false),
                dict.flag("retain", false),
                Audience.of(dict),
                PassthruOptions.of(dict),
                ForwardedFor.of(dict),
                dict.without(KNOWN));
    }

    /** Returns a copy without {@code forward_for}. Of the unknown keys, the copy contains only the keys of a {@link TraceContext}. */
    public PublishMessageOptions withoutExtra() {
        return extra.isEmpty() && forwardFor.isEmpty()
                ? this
                : new PublishMessageOptions(
                        acknowledge,
                        excludeMe,
                        discloseMe,
                        retain,
                        audience,
                        passthru,
                        List.of(),
                        TraceContext.only(extra));
    }

    /** Returns these options with this trace context and without unknown keys. */
    public PublishMessageOptions withTrace(TraceContext context) {
        return new PublishMessageOptions(
                acknowledge, excludeMe, discloseMe, retain, audience, passthru, forwardFor, context.toDict());
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        if (this == DEFAULT) {
            return Dict.EMPTY;
        }
        if (this == ACKNOWLEDGE) {
            return ACKNOWLEDGE_DICT;
        }
        Dict.Builder dict = extra.with()
                .flag("acknowledge", acknowledge)
                .put("exclude_me", excludeMe ? null : Boolean.FALSE)
                .flag("disclose_me", discloseMe)
                .flag("retain", retain);
        Audience.put(dict, audience);
        PassthruOptions.put(dict, passthru);
        return dict.put(ForwardedFor.KEY, ForwardedFor.toValue(forwardFor)).build();
    }
}
