package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Options of {@code PUBLISH} (section "Publishing and Events").
 *
 * @param acknowledge whether {@code PUBLISHED} or {@code ERROR} is asked for
 * @param excludeMe whether the publisher itself gets no event; true by default
 * @param discloseMe whether the publisher wants to be named
 * @param retain whether the event is kept for later subscribers
 * @param audience who may receive it
 * @param passthru payload passthru mode, or null
 * @param forwardFor for whom a router link forwards
 * @param extra unknown keys
 */
public record PublishMessageOptions(
        boolean acknowledge,
        boolean excludeMe,
        boolean discloseMe,
        boolean retain,
        Audience audience,
        @Nullable Passthru passthru,
        List<ForwardedFor> forwardFor,
        Dict extra) {
    /** No options given. */
    public static final PublishMessageOptions DEFAULT =
            new PublishMessageOptions(false, true, false, false, Audience.ALL, null, List.of(), Dict.EMPTY);
    /** Nothing but {@code acknowledge}. */
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
            Passthru.SCHEME,
            Passthru.SERIALIZER,
            Passthru.CIPHER,
            Passthru.KEY_ID,
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
                Passthru.of(dict),
                ForwardedFor.of(dict),
                dict.without(KNOWN));
    }

    /** These without unknown keys and those that router links write, which a router has no use for. */
    public PublishMessageOptions withoutExtra() {
        return extra.isEmpty() && forwardFor.isEmpty()
                ? this
                : new PublishMessageOptions(
                        acknowledge, excludeMe, discloseMe, retain, audience, passthru, List.of(), Dict.EMPTY);
    }

    /** The dictionary to send. */
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
        Passthru.put(dict, passthru);
        return dict.put(ForwardedFor.KEY, ForwardedFor.toValue(forwardFor)).build();
    }
}
