package io.junctor.router.meta;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Where the router publishes what happens in a realm. */
@FunctionalInterface
public interface MetaEvents {
    /** Publishes to {@code topic} for the router itself; {@code arguments} are made only if somebody listens. */
    @InTurn
    default void announce(Uri topic, Supplier<Arguments> arguments) {
        announce(topic, null, arguments);
    }

    /** As {@link #announce(Uri, Supplier)}, to those only that may do {@code right}; null for all who are subscribed. */
    @InTurn
    void announce(Uri topic, @Nullable PermissionQuery right, Supplier<Arguments> arguments);
}
