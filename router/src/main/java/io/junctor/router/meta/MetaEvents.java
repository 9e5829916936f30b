package io.junctor.router.meta;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes the events of the meta API in a realm. Confined to the realm's turn. */
@FunctionalInterface
public interface MetaEvents {
    /** Publishes to {@code topic}; {@code arguments} are only made if the topic has subscribers. */
    @InTurn
    default void announce(Uri topic, Supplier<Arguments> arguments) {
        announce(topic, null, arguments);
    }

    /**
     * Announces an event like {@link #announce(Uri, Supplier)}, but only to sessions with the permission {@code needed}; null for all
     * subscribers.
     */
    @InTurn
    void announce(Uri topic, @Nullable PermissionQuery needed, Supplier<Arguments> arguments);
}
