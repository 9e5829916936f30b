package io.junctor.router.config.yaml;

import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.yaml.Key.Defaulted;
import java.util.List;

/** Limits of the whole router. */
final class RouterLimitsShape {
    private static final Defaulted<Integer> SESSIONS =
            new Defaulted<>("sessions", new WholeNumber(1, 10_000_000), RouterLimits.DEFAULT.sessions());
    private static final Defaulted<Integer> OUTBOX_HEAP_PERCENT =
            new Defaulted<>("outbox_heap_percent", new WholeNumber(1, 90), RouterLimits.DEFAULT.outboxHeapPercent());

    private static final Defaulted<Integer> FAILED_JOINS_PER_MINUTE = new Defaulted<>(
            "failed_joins_per_minute", new WholeNumber(1, 1_000_000), RouterLimits.DEFAULT.failedJoinsPerMinute());

    private static final Defaulted<Integer> INCOMING_HEAP_PERCENT = new Defaulted<>(
            "incoming_heap_percent", new WholeNumber(1, 50), RouterLimits.DEFAULT.incomingHeapPercent());
    private static final Defaulted<Integer> CHALLENGES_PER_MINUTE = new Defaulted<>(
            "challenges_per_minute", new WholeNumber(1, 1_000_000), RouterLimits.DEFAULT.challengesPerMinute());

    static final Shape<RouterLimits> SHAPE = Shape.of(
            "a map of the router's limits",
            List.of(
                    SESSIONS,
                    OUTBOX_HEAP_PERCENT,
                    FAILED_JOINS_PER_MINUTE,
                    INCOMING_HEAP_PERCENT,
                    CHALLENGES_PER_MINUTE),
            RouterLimitsShape::bind);

    private RouterLimitsShape() {}

    private static RouterLimits bind(Section section) {
        return new RouterLimits(
                section.get(SESSIONS),
                section.get(OUTBOX_HEAP_PERCENT),
                section.get(FAILED_JOINS_PER_MINUTE),
                section.get(INCOMING_HEAP_PERCENT),
                section.get(CHALLENGES_PER_MINUTE));
    }
}
