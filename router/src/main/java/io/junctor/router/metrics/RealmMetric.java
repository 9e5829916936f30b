package io.junctor.router.metrics;

import java.util.Locale;

/** The metrics that {@code /metrics} shows for each realm: present values, counts, and counts of messages by type. */
public enum RealmMetric {
    SESSIONS(Kind.GAUGE, "sessions that are open"),
    SUBSCRIPTIONS(Kind.GAUGE, "topics and patterns with subscribers or a history"),
    REGISTRATIONS(Kind.GAUGE, "procedures and patterns with callees"),
    OPEN_CALLS(Kind.GAUGE, "calls that have not ended"),
    OPERATIONS_WAITING(Kind.GAUGE, "operations that wait for the turn of the realm"),
    MAILBOX_BYTES(Kind.GAUGE, "bytes of messages that wait to be routed"),
    KEPT_BYTES(Kind.GAUGE, "bytes of retained events, testaments and histories"),
    SESSIONS_JOINED(Kind.COUNTER, "sessions welcomed"),
    EVENTS_SENT(Kind.COUNTER, Counter.EVENTS_SENT.meaning()),
    EVENTS_DROPPED(Kind.COUNTER, Counter.EVENTS_DROPPED.meaning()),
    CALLS_FAILED(Kind.COUNTER, Counter.CALLS_FAILED.meaning()),
    REQUESTS_OVER_LIMIT(Kind.COUNTER, Counter.REQUESTS_OVER_LIMIT.meaning()),
    PUBLISHERS_SLOWED(Kind.COUNTER, Counter.PUBLISHERS_SLOWED.meaning()),
    PUBLISH,
    CALL,
    YIELD,
    ERROR,
    CANCEL,
    SUBSCRIBE,
    UNSUBSCRIBE,
    REGISTER,
    UNREGISTER;

    /** The kind of a metric. */
    public enum Kind {
        /** A present value, which goes up and down. */
        GAUGE,
        /** A count since the realm began. */
        COUNTER,
        /** A count of the messages of one type that clients sent. */
        MESSAGES
    }

    private final Kind kind;
    private final String meaning;
    private final String key;

    RealmMetric(Kind kind, String meaning) {
        this.kind = kind;
        this.meaning = meaning;
        this.key = name().toLowerCase(Locale.ROOT);
    }

    RealmMetric() {
        this(Kind.MESSAGES, "messages from clients");
    }

    /** The kind of this metric. */
    public Kind kind() {
        return kind;
    }

    /** A short description of the metric. */
    public String meaning() {
        return meaning;
    }

    /** The name of this metric within its kind, such as {@code events_sent}; for messages, their type. */
    public String key() {
        return key;
    }
}
