package io.junctor.router.config.yaml;

import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.yaml.Key.Defaulted;
import java.time.Duration;
import java.util.List;

/** How many realms of a template exist, and for how long. */
final class OnDemandShape {
    private static final Defaulted<Integer> REALMS =
            new Defaulted<>("realms", new WholeNumber(1, 1_000_000), RealmTemplate.DEFAULT_MOST);
    private static final Defaulted<Duration> IDLE =
            new Defaulted<>("idle", new Span(Duration.ofSeconds(1), Duration.ofHours(24)), RealmTemplate.DEFAULT_IDLE);

    /**
     * What the section says. Immutable.
     *
     * @param most how many
     * @param idle for how long without sessions
     */
    record OnDemand(int most, Duration idle) {}

    static final Shape<OnDemand> SHAPE = Shape.of(
            "a map such as { realms: 1000, idle: 10m }",
            List.of(REALMS, IDLE),
            section -> new OnDemand(section.get(REALMS), section.get(IDLE)));

    /** What holds where it is left out. */
    static final OnDemand DEFAULT = new OnDemand(RealmTemplate.DEFAULT_MOST, RealmTemplate.DEFAULT_IDLE);

    private OnDemandShape() {}
}
