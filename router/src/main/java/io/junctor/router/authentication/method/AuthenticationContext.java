package io.junctor.router.authentication.method;

import io.junctor.router.metrics.Counters;
import io.junctor.wamp.auth.Base64Text;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The services of the router that the authentication methods use. Thread-safe.
 *
 * @param random makes challenges
 * @param clock the time of day
 * @param nanos a monotonic time in nanoseconds
 * @param counters the router's counters
 * @param derivations limits how many keys are derived at a time
 */
public record AuthenticationContext(
        SecureRandom random, Supplier<Instant> clock, LongSupplier nanos, Counters counters, Semaphore derivations) {

    /** Creates a context in which key derivations use at most half of the processors. */
    public static AuthenticationContext of(
            SecureRandom random, Supplier<Instant> clock, LongSupplier nanos, Counters counters) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new AuthenticationContext(random, clock, nanos, counters, new Semaphore(Math.max(1, processors / 2)));
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Makes 128 random bits, as base64. */
    String nonce() {
        return Base64Text.of(bytes(16));
    }
}
