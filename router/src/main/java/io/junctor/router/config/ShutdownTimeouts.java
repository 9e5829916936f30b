package io.junctor.router.config;

import java.time.Duration;

/**
 * The timeouts of a graceful shutdown.
 *
 * @param delay how long it still takes clients while {@code /health} says that it shuts down already
 * @param patience how long it then waits for open calls at most
 */
public record ShutdownTimeouts(Duration delay, Duration patience) {
    /** No delay; 5 s for open calls. */
    public static final ShutdownTimeouts DEFAULT = new ShutdownTimeouts(Duration.ZERO, Duration.ofSeconds(5));
}
