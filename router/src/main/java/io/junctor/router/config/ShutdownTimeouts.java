package io.junctor.router.config;

import java.time.Duration;

/**
 * The timeouts of a graceful shutdown.
 *
 * @param delay how long the router still accepts clients while {@code /health} already reports the shutdown
 * @param patience how long the router then waits for open calls at most
 */
public record ShutdownTimeouts(Duration delay, Duration patience) {
    /** No delay; 5 s for open calls. */
    public static final ShutdownTimeouts DEFAULT = new ShutdownTimeouts(Duration.ZERO, Duration.ofSeconds(5));
}
