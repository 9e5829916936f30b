package io.junctor.router.authentication;

import io.junctor.router.config.RouterLimits;
import io.junctor.router.turn.Timers;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Throttles clients that fail to authenticate, and addresses that do not answer their challenges correctly. Thread-safe.
 *
 * <p>Failures count for the pair of authid and address, so that one address cannot lock out an authid elsewhere. After ten times as many
 * failures, an address is refused for all authids, or an authid for all addresses; pairs that have joined within the last day are still
 * admitted.
 */
public final class LoginThrottle {
    /** The limit for one address with all authids, and for one authid with all addresses, as a multiple of the limit for one pair. */
    private static final int WHOLE_FACTOR = 10;

    private static final long DAY_NANOS = 86_400_000_000_000L;
    /** The maximum number of pairs of address and authid that are remembered as joined. */
    private static final int MAX_PAIRS = 100_000;

    private final Timers timers;
    private final FailureThrottle byPair;
    private final FailureThrottle byAddress;
    private final FailureThrottle byAuthid;
    private final FailureThrottle challenges;
    /** The time of the last join of each pair. */
    private final Map<String, Long> joinedAtNanos = new ConcurrentHashMap<>();

    /** Allows as many failures and open challenges as {@code limits}. */
    public LoginThrottle(RouterLimits limits, Timers timers) {
        this.timers = timers;
        this.byPair = new FailureThrottle(limits.failedJoinsPerMinute(), timers::nanos);
        this.byAddress = new FailureThrottle(WHOLE_FACTOR * limits.failedJoinsPerMinute(), timers::nanos);
        this.byAuthid = new FailureThrottle(WHOLE_FACTOR * limits.failedJoinsPerMinute(), timers::nanos);
        this.challenges = new FailureThrottle(limits.challengesPerMinute(), timers::nanos);
    }

    /** From now on allows as many as {@code limits}. */
    public void use(RouterLimits limits) {
        byPair.use(limits.failedJoinsPerMinute());
        byAddress.use(WHOLE_FACTOR * limits.failedJoinsPerMinute());
        byAuthid.use(WHOLE_FACTOR * limits.failedJoinsPerMinute());
        challenges.use(limits.challengesPerMinute());
    }

    /** True if this client has failed too often and has to wait. */
    public boolean isClosed(String address, String realm, @Nullable String authid) {
        String pair = pair(address, realm, authid);
        boolean wide = byAddress.isClosed(address) || (authid != null && byAuthid.isClosed(name(realm, authid)));
        return byPair.isClosed(pair) || (wide && !hasJoined(pair));
    }

    /** True if the client gets no challenge, because too many challenges to its address were not answered correctly. */
    public boolean isChallengedTooOften(String address, String realm, @Nullable String authid) {
        return challenges.isClosed(address) && !hasJoined(pair(address, realm, authid));
    }

    /** Counts a challenge. */
    public void challenged(String address) {
        challenges.failed(address);
    }

    /** Subtracts one challenge, which was answered correctly, and remembers the pair as joined. */
    public void joined(String address, String realm, @Nullable String authid) {
        challenges.forgive(address);
        long now = timers.nanos();
        if (joinedAtNanos.size() >= MAX_PAIRS) {
            joinedAtNanos.values().removeIf(at -> now - at > DAY_NANOS);
        }
        String pair = pair(address, realm, authid);
        if (joinedAtNanos.size() < MAX_PAIRS || joinedAtNanos.containsKey(pair)) {
            joinedAtNanos.put(pair, now);
        }
    }

    /** Counts a refused credential. */
    public void failed(String address, String realm, @Nullable String authid) {
        byPair.failed(pair(address, realm, authid));
        byAddress.failed(address);
        if (authid != null) {
            byAuthid.failed(name(realm, authid));
        }
    }

    private boolean hasJoined(String pair) {
        Long at = joinedAtNanos.get(pair);
        return at != null && timers.nanos() - at <= DAY_NANOS;
    }

    private static String pair(String address, String realm, @Nullable String authid) {
        return address + " " + name(realm, Objects.requireNonNullElse(authid, ""));
    }

    private static String name(String realm, String authid) {
        return realm + " " + authid;
    }
}
