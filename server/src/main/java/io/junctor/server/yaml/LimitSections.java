package io.junctor.server.yaml;

import io.junctor.router.config.ListenerLimits;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterLimits;
import java.time.Duration;
import java.util.Map;

/** The limits of the router, of a listener, of a realm and of on-demand realms. */
final class LimitSections {
    static final Section<RouterLimits> ROUTER = Section.of(
            RouterLimits.DEFAULT,
            "a map of the router's limits",
            Map.of(
                    "sessions", ScalarType.integer(1, 10_000_000),
                    "outbox_heap_percent", ScalarType.integer(1, 90),
                    "incoming_heap_percent", ScalarType.integer(1, 50),
                    "kept_heap_percent", ScalarType.integer(1, 50)));
    static final Section<ListenerLimits> LISTENER = Section.of(
            ListenerLimits.DEFAULT,
            "a map of a listener's limits",
            Map.of("message_bytes", ScalarType.bytes(1 << 10, 1 << 28), "depth", ScalarType.integer(8, 1_000)));
    static final Section<RealmLimits> REALM = Section.of(
                    RealmLimits.DEFAULT,
                    "a map of a realm's limits",
                    Map.of(
                            "history_events", ScalarType.integer(1, 100_000),
                            "history_bytes", ScalarType.bytes(1 << 10, 16 << 20),
                            "uri_characters", ScalarType.integer(1, 100_000),
                            "uri_parts", ScalarType.integer(1, 1_000),
                            "list_entries", ScalarType.integer(1, 10_000),
                            "wildcard_shapes", ScalarType.integer(1, 10_000),
                            "wildcard_shapes_per_session", ScalarType.integer(1, 10_000)))
            .check(values -> requireAtMost(values, "mailbox_per_session", "mailbox"))
            .check(values -> requireAtMost(values, "mailbox_bytes_per_session", "mailbox_bytes"));
    static final OnDemand ON_DEMAND_DEFAULT = new OnDemand(RealmTemplate.DEFAULT_MOST, RealmTemplate.DEFAULT_IDLE);
    static final Section<OnDemand> ON_DEMAND = Section.of(
            ON_DEMAND_DEFAULT,
            "a map such as { realms: 1000, idle: 10m }",
            Map.of("idle", ScalarType.duration(Duration.ofSeconds(1), Duration.ofHours(24))));

    /** How many realms of a template there may be, and how long one without sessions stays. */
    record OnDemand(int realms, Duration idle) {}

    private LimitSections() {}

    private static void requireAtMost(SectionValues values, String part, String whole) {
        if (values.find(part) instanceof Integer one && values.find(whole) instanceof Integer all && one > all) {
            values.node().error("'" + part + "' must not be more than '" + whole + "'");
        }
    }
}
