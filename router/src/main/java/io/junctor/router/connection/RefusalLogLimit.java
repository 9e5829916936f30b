package io.junctor.router.connection;

import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Decides which refusals of one session are logged: for each error, the first refusal in a minute. Confined to the realm's turn. */
final class RefusalLogLimit {
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    /** The errors that a session or its callees cause intentionally; they are never logged. */
    private static final Set<WampError> NEVER_LOGGED = EnumSet.of(WampError.CANCELED, WampError.TIMEOUT);

    /** One bit for each error, set if a refusal with this error was logged in the present minute. */
    private long logged;

    private long sinceNanos;

    /** Whether a refusal with {@code error} is logged now. */
    boolean admits(WampError error, long nowNanos) {
        long bit = 1L << error.ordinal();
        if (logged != 0 && nowNanos - sinceNanos >= QUIET_NANOS) {
            logged = 0;
        }
        if ((logged & bit) != 0 || NEVER_LOGGED.contains(error)) {
            return false;
        }
        if (logged == 0) {
            sinceNanos = nowNanos;
        }
        logged |= bit;
        return true;
    }
}
