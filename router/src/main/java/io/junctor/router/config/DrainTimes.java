package io.junctor.router.config;

import java.time.Duration;

/**
 * How long a router that is stopped takes before it ends what is left.
 *
 * @param delay how long it still takes clients while {@code /health} says that it shuts down already
 * @param patience how long it then waits for open calls at most
 */
public record DrainTimes(Duration delay, Duration patience) {
    /** No delay; 5 s for open calls. */
    public static final DrainTimes DEFAULT = new DrainTimes(Duration.ZERO, Duration.ofSeconds(5));
}
