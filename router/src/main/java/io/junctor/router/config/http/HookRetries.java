package io.junctor.router.config.http;

import java.time.Duration;

/**
 * The number and the timing of the router's attempts to deliver an event by HTTP.
 *
 * @param attempts the total number of attempts, at least one
 * @param first the delay after the first failed attempt; it doubles after each further attempt
 * @param longest the maximum delay
 */
public record HookRetries(int attempts, Duration first, Duration longest) {
    /** Eight attempts in about two minutes. */
    public static final HookRetries DEFAULT = new HookRetries(8, Duration.ofSeconds(1), Duration.ofMinutes(1));
}
