package io.junctor.router.meta;

import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import java.util.function.Supplier;

/** Belongs to the turn. Where the router publishes what happens in a realm. */
@FunctionalInterface
public interface MetaEvents {
    /** Publishes to {@code topic} for the router itself; {@code arguments} are made only if somebody listens. */
    @InTurn
    void announce(Uri topic, Supplier<Arguments> arguments);
}
