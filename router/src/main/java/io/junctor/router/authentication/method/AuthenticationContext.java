package io.junctor.router.authentication.method;

import io.junctor.router.metrics.Counters;
import io.junctor.wamp.auth.Base64Text;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Safe for use by many threads. What the methods need of the router.
 *
 * @param random where challenges come from
 * @param clock the time of day
 * @param counters what is counted
 * @param derivations how many keys may be derived at a time, so that workers remain for others
 */
public record AuthenticationContext(
        SecureRandom random, Supplier<Instant> clock, Counters counters, Semaphore derivations) {

    /** Tools that leave half of the processors to others while keys are derived. */
    public static AuthenticationContext of(SecureRandom random, Supplier<Instant> clock, Counters counters) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new AuthenticationContext(random, clock, counters, new Semaphore(Math.max(1, processors / 2)));
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** 128 random bits as text. */
    String nonce() {
        return Base64Text.of(bytes(16));
    }
}
