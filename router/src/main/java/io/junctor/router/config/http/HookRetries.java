package io.junctor.router.config.http;

import java.time.Duration;

/**
 * How often and when the router tries to deliver an event by HTTP.
 *
 * @param attempts how often in all, at least once
 * @param first how long it waits after the first failed attempt; after each further one twice as long
 * @param longest how long it waits at most
 */
public record HookRetries(int attempts, Duration first, Duration longest) {
    /** Eight attempts in about two minutes. */
    public static final HookRetries DEFAULT = new HookRetries(8, Duration.ofSeconds(1), Duration.ofMinutes(1));
}
