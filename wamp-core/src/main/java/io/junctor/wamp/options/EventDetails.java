package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Details of {@code EVENT} (section "Publishing and Events").
 *
 * @param publisher the publisher, or null if it is not disclosed
 * @param topic the topic of the publication, for pattern subscriptions; otherwise null
 * @param trustLevel the trust level, 0 being the lowest, or null
 * @param retained whether this is a retained event
 * @param passthru the options of payload passthru mode, or null
 * @param forwardFor the sessions for which router links forwarded the message
 * @param dropped how many events of the subscription the router dropped for this session directly before this event
 * @param extra the entries with unknown keys
 */
public record EventDetails(
        @Nullable DisclosedIdentity publisher,
        @Nullable Uri topic,
        @Nullable Long trustLevel,
        boolean retained,
        @Nullable PassthruOptions passthru,
        List<ForwardedFor> forwardFor,
        long dropped,
        Dict extra) {
    /** No details. */
    public static final EventDetails NONE = new EventDetails(null, null, null, false, null, List.of(), 0, Dict.EMPTY);

    private static final Set<String> KNOWN = Set.of(
            "publisher",
            "publisher_authid",
            "publisher_authrole",
            "topic",
            "trustlevel",
            "retained",
            "_dropped",
            PassthruOptions.SCHEME,
            PassthruOptions.SERIALIZER,
            PassthruOptions.CIPHER,
            PassthruOptions.KEY_ID,
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
                PassthruOptions.of(dict),
                ForwardedFor.of(dict),
                dropped == null ? 0 : dropped,
                dict.without(KNOWN));
    }

    /** Returns these details with the topic, for a pattern subscription. */
    public EventDetails withTopic(Uri published) {
        return new EventDetails(publisher, published, trustLevel, retained, passthru, forwardFor, dropped, extra);
    }

    /** Returns these details, marked as those of a retained event. */
    public EventDetails asRetained() {
        return new EventDetails(publisher, topic, trustLevel, true, passthru, forwardFor, dropped, extra);
    }

    /** Returns these details with the number of dropped events. */
    public EventDetails withDropped(long count) {
        return new EventDetails(publisher, topic, trustLevel, retained, passthru, forwardFor, count, extra);
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        if (this == NONE) {
            return Dict.EMPTY;
        }
        Dict.Builder dict = extra.with();
        DisclosedIdentity.put(dict, "publisher", publisher);
        dict.put("topic", topic == null ? null : topic.text())
                .put("trustlevel", trustLevel)
                .flag("retained", retained);
        PassthruOptions.put(dict, passthru);
        return dict.put(ForwardedFor.KEY, ForwardedFor.toValue(forwardFor))
                .put("_dropped", dropped == 0 ? null : dropped)
                .build();
    }
}
