package io.junctor.cli.client.listing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions, subscriptions and registrations of a realm at one time. Immutable.
 *
 * @param nanos the time, as of {@link System#nanoTime}
 * @param sessions a row for each session
 * @param topics a row for each subscription
 * @param procedures a row for each registration
 */
public record RealmSnapshot(
        long nanos,
        List<Map<String, @Nullable Object>> sessions,
        List<Map<String, @Nullable Object>> topics,
        List<Map<String, @Nullable Object>> procedures) {}
