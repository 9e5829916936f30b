package io.junctor.server.services;

import io.junctor.router.config.http.HookRetries;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Computes the delay before the next attempt. */
final class RetryDelay {
    private static final int MOST_DOUBLINGS = 30;

    private RetryDelay() {}

    /**
     * Returns a random delay between half of the backoff time and all of it, so that events that failed together are not retried together.
     * If the receiver asks for a longer delay, returns that one.
     *
     * @param attempt the number of the attempt that failed, from 1
     * @param asked the delay that the receiver asks for; it is limited by the longest backoff time
     */
    static Duration after(int attempt, HookRetries retries, Duration asked) {
        long longest = retries.longest().toMillis();
        long doubled = retries.first().toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
        long most = Math.min(longest, doubled <= 0 ? longest : doubled);
        long jittered = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
        return Duration.ofMillis(Math.max(jittered, Math.min(longest, asked.toMillis())));
    }
}
