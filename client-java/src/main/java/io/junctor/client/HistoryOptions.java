package io.junctor.client;

import java.time.Instant;

/** Immutable. Which past events of a subscription are asked for (section "Event History"); all conditions must hold. */
public final class HistoryOptions {
    /** All of them, oldest first. */
    public static final HistoryOptions DEFAULT = new HistoryOptions(Args.NONE);

    private final Args conditions;

    private HistoryOptions(Args conditions) {
        this.conditions = conditions;
    }

    /** Newest first; {@link #limit} counts in that direction too. */
    public HistoryOptions newestFirst() {
        return with("reverse", true);
    }

    /** At most this many; the router may have a lower limit of its own. */
    public HistoryOptions limit(int events) {
        if (events < 1) {
            throw new IllegalArgumentException("limit must be positive, not " + events);
        }
        return with("limit", events);
    }

    /** Only those of this topic, where the subscription is to a pattern. */
    public HistoryOptions topic(String topic) {
        return with("topic", topic);
    }

    /** Not before this time. */
    public HistoryOptions from(Instant time) {
        return with("from_time", time.toString());
    }

    /** Later than this time. */
    public HistoryOptions after(Instant time) {
        return with("after_time", time.toString());
    }

    /** Earlier than this time. */
    public HistoryOptions before(Instant time) {
        return with("before_time", time.toString());
    }

    /** Not later than this time. */
    public HistoryOptions until(Instant time) {
        return with("until_time", time.toString());
    }

    /** From this publication on. */
    public HistoryOptions fromPublication(long publication) {
        return with("from_publication", publication);
    }

    /** What was published after this publication. */
    public HistoryOptions afterPublication(long publication) {
        return with("after_publication", publication);
    }

    /** What was published before this publication. */
    public HistoryOptions beforePublication(long publication) {
        return with("before_publication", publication);
    }

    /** Up to this publication. */
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
