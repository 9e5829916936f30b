package io.junctor.client;

import java.time.Instant;

/**
 * The conditions for stored events (section "Event History"). All conditions must hold. Immutable; each method returns
 * a copy.
 */
public final class HistoryOptions {
    /** All stored events, the oldest first. */
    public static final HistoryOptions DEFAULT = new HistoryOptions(Args.NONE);

    private final Args conditions;

    private HistoryOptions(Args conditions) {
        this.conditions = conditions;
    }

    /** Sorts the newest events first. {@link #limit} then counts from the newest. */
    public HistoryOptions newestFirst() {
        return with("reverse", true);
    }

    /** Limits the number of events. The router may have a lower limit. */
    public HistoryOptions limit(int events) {
        if (events < 1) {
            throw new IllegalArgumentException("limit must be positive, not " + events);
        }
        return with("limit", events);
    }

    /** Selects only events of this topic; useful for a pattern-based subscription. */
    public HistoryOptions topic(String topic) {
        return with("topic", topic);
    }

    /** Selects only events that were published at this time or later. */
    public HistoryOptions from(Instant time) {
        return with("from_time", time.toString());
    }

    /** Selects only events that were published later than this time. */
    public HistoryOptions after(Instant time) {
        return with("after_time", time.toString());
    }

    /** Selects only events that were published earlier than this time. */
    public HistoryOptions before(Instant time) {
        return with("before_time", time.toString());
    }

    /** Selects only events that were published at this time or earlier. */
    public HistoryOptions until(Instant time) {
        return with("until_time", time.toString());
    }

    /** Selects only this publication and later ones. */
    public HistoryOptions fromPublication(long publication) {
        return with("from_publication", publication);
    }

    /** Selects only events that were published after this publication. */
    public HistoryOptions afterPublication(long publication) {
        return with("after_publication", publication);
    }

    /** Selects only events that were published before this publication. */
    public HistoryOptions beforePublication(long publication) {
        return with("before_publication", publication);
    }

    /** Selects only this publication and earlier ones. */
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
