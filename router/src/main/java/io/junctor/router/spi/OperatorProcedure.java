package io.junctor.router.spi;

import io.junctor.wamp.value.Arguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A procedure that the embedding program offers to operators, for example to reload the configuration. Implementations must be thread-safe,
 * because calls of different sessions may overlap.
 */
@FunctionalInterface
public interface OperatorProcedure {
    /**
     * Answers a call; the returned dictionary is the only argument of the RESULT. Runs on a thread that may block; the next request of the
     * caller waits.
     *
     * @throws IllegalArgumentException if an argument is invalid; the caller then gets {@code wamp.error.invalid_argument} with the
     *     exception's text
     */
    Map<String, ? extends @Nullable Object> call(Arguments arguments);
}
