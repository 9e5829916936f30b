package io.junctor.client;

import java.time.Instant;

/**
 * The conditions for stored events (section "Event History"). All conditions must hold. Immutable; each method returns
 * a copy.
 */
public final class HistoryOptions {
    /** All stored events, oldest first. */
    public static final HistoryOptions DEFAULT = new HistoryOptions(Args.NONE);

    private final Args conditions;

    private HistoryOptions(Args conditions) {
        this.conditions = conditions;
    }

    /** Newest first. {@link #limit} then counts from the newest. */
    public HistoryOptions newestFirst() {
        return with("reverse", true);
    }

    /** At most this many events. The router may have a lower limit. */
    public HistoryOptions limit(int events) {
        if (events < 1) {
            throw new IllegalArgumentException("limit must be positive, not " + events);
        }
        return with("limit", events);
    }

    /** Only events of this topic, for a pattern-based subscription. */
    public HistoryOptions topic(String topic) {
        return with("topic", topic);
    }

    /** Published at this time or later. */
    public HistoryOptions from(Instant time) {
        return with("from_time", time.toString());
    }

    /** Published later than this time. */
    public HistoryOptions after(Instant time) {
        return with("after_time", time.toString());
    }

    /** Published earlier than this time. */
    public HistoryOptions before(Instant time) {
        return with("before_time", time.toString());
    }

    /** Published at this time or earlier. */
    public HistoryOptions until(Instant time) {
        return with("until_time", time.toString());
    }

    /** From this publication on, inclusive. */
    public HistoryOptions fromPublication(long publication) {
        return with("from_publication", publication);
    }

    /** Published after this publication. */
    public HistoryOptions afterPublication(long publication) {
        return with("after_publication", publication);
    }

    /** Published before this publication. */
    public HistoryOptions beforePublication(long publication) {
        return with("before_publication", publication);
    }

    /** Up to this publication, inclusive. */
    public HistoryOptions untilPublication(long publication) {
        return with("until_publication", publication);
    }

    Args args(long subscription) {
        Args args = Args.of(subscription);
        for (var condition : conditions.keywords().entrySet()) {
            args = args.with(condition.getKey(), condition.getValue());
        }
        return args;
    }

    private HistoryOptions with(String condition, Object value) {
        return new HistoryOptions(conditions.with(condition, value));
    }
}
