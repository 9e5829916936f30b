package io.junctor.router.spi;

import io.junctor.wamp.value.Arguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A procedure that the program around the router offers to operators, such as one that reads the configuration again. Thread-safe:
 * calls of different sessions may overlap.
 */
@FunctionalInterface
public interface OperatorProcedure {
    /**
     * Answers a call by its only value. Runs on a thread that may block; the next request of the caller waits.
     *
     * @throws IllegalArgumentException if an argument is wrong: the caller gets {@code wamp.error.invalid_argument} with the text
     */
    Map<String, ? extends @Nullable Object> call(Arguments arguments);
}
