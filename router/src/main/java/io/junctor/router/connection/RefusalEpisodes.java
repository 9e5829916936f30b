package io.junctor.router.connection;

import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Which refusals of one session were logged: the first with each error in a minute. Confined to the realm's turn. */
final class RefusalEpisodes {
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    /** What a session or its callees ask for themselves. */
    private static final Set<WampError> NEVER_LOGGED = EnumSet.of(WampError.CANCELED, WampError.TIMEOUT);

    /** Of one bit for each error. */
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
