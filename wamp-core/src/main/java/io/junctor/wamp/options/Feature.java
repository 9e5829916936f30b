package io.junctor.wamp.options;

import java.util.List;
import java.util.Locale;

/** The features of the Advanced Profile, which peers announce (section "Feature Announcement"). */
public enum Feature {
    SUBSCRIBER_BLACKWHITE_LISTING,
    PUBLISHER_EXCLUSION,
    PUBLISHER_IDENTIFICATION,
    PUBLICATION_TRUSTLEVELS,
    PATTERN_BASED_SUBSCRIPTION,
    SHARDED_SUBSCRIPTION,
    EVENT_HISTORY,
    EVENT_RETENTION,
    SUBSCRIPTION_REVOCATION,
    SUBSCRIPTION_META_API,
    SESSION_META_API,
    PROGRESSIVE_CALL_RESULTS,
    PROGRESSIVE_CALL_INVOCATIONS,
    CALL_TIMEOUT,
    CALL_CANCELING("call_cancelling"),
    CALLER_IDENTIFICATION,
    CALL_TRUSTLEVELS,
    PATTERN_BASED_REGISTRATION,
    SHARED_REGISTRATION,
    SHARDED_REGISTRATION,
    REGISTRATION_REVOCATION,
    CALL_REROUTE,
    REGISTRATION_META_API,
    TESTAMENT_META_API,
    PAYLOAD_PASSTHRU_MODE;

    private final List<String> spellings;

    Feature(String... aliases) {
        var all = new java.util.ArrayList<String>();
        all.add(name().toLowerCase(Locale.ROOT));
        all.addAll(List.of(aliases));
        this.spellings = List.copyOf(all);
    }

    /** The key under {@code features}. */
    public String wire() {
        return spellings.getFirst();
    }

    /** The key and its alternative spellings. */
    List<String> spellings() {
        return spellings;
    }
}
