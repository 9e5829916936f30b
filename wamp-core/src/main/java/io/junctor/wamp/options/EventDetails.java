package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Details of {@code EVENT} (section "Publishing and Events").
 *
 * @param publisher who published, where disclosed
 * @param topic the topic published to, for pattern subscriptions; else null
 * @param trustLevel the trust level, 0 lowest, or null
 * @param retained whether this is an event kept from before the subscription
 * @param passthru payload passthru mode, or null
 * @param forwardFor for whom a router link forwards
 * @param dropped how many events of this subscription this session lost just before this one, 0 if none
 * @param extra unknown keys
 */
public record EventDetails(
        @Nullable DisclosedIdentity publisher,
        @Nullable Uri topic,
        @Nullable Long trustLevel,
        boolean retained,
        @Nullable Passthru passthru,
        List<ForwardedFor> forwardFor,
        long dropped,
        Dict extra) {
    /** Nothing to say. */
    public static final EventDetails NONE = new EventDetails(null, null, null, false, null, List.of(), 0, Dict.EMPTY);

    private static final Set<String> KNOWN = Set.of(
            "publisher",
            "publisher_authid",
            "publisher_authrole",
            "topic",
            "trustlevel",
            "retained",
            "_dropped",
            Passthru.SCHEME,
            Passthru.SERIALIZER,
            Passthru.CIPHER,
            Passthru.KEY_ID,
            ForwardedFor.KEY);

    /** Reads the details. */
    public static EventDetails of(Dict dict) {
        if (dict.isEmpty()) {
            return NONE;
        }
        String topic = dict.text("topic");
        Long dropped = dict.integer("_dropped", 0);
        return new EventDetails(
                DisclosedIdentity.of(dict, "publisher"),
                topic == null ? null : new Uri(topic),
                dict.integer("trustlevel", 0),
                dict.flag("retained", false),
                Passthru.of(dict),
                ForwardedFor.of(dict),
                dropped == null ? 0 : dropped,
                dict.without(KNOWN));
    }

    /** These details for a subscriber that has to be told the topic. */
    public EventDetails withTopic(Uri published) {
        return new EventDetails(publisher, published, trustLevel, retained, passthru, forwardFor, dropped, extra);
    }

    /** These details for an event kept from before the subscription. */
    public EventDetails asRetained() {
        return new EventDetails(publisher, topic, trustLevel, true, passthru, forwardFor, dropped, extra);
    }

    /** These details for a session that lost {@code count} events of the subscription before this one. */
    public EventDetails withDropped(long count) {
        return new EventDetails(publisher, topic, trustLevel, retained, passthru, forwardFor, count, extra);
    }

    /** The dictionary to send. */
    public Dict toDict() {
        if (this == NONE) {
            return Dict.EMPTY;
        }
        Dict.Builder dict = extra.with();
        DisclosedIdentity.put(dict, "publisher", publisher);
        dict.put("topic", topic == null ? null : topic.text())
                .put("trustlevel", trustLevel)
                .flag("retained", retained);
        Passthru.put(dict, passthru);
        return dict.put(ForwardedFor.KEY, ForwardedFor.toValue(forwardFor))
                .put("_dropped", dropped == 0 ? null : dropped)
                .build();
    }
}
