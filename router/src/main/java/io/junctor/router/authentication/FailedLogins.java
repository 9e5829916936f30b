package io.junctor.router.authentication;

import io.junctor.router.turn.Timers;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. Failed attempts to join, and challenges that were not answered rightly. Failures count for the authid
 * together with the address that they came from, so that one address keeps nobody else out. Ten times as many close an address, and an authid,
 * as a whole, but for clients that have joined from their address with their authid within a day.
 */
public final class FailedLogins {
    /** How many times as many failures close an address or an authid as a whole. */
    private static final int WIDER = 10;

    private static final long DAY_NANOS = 86_400_000_000_000L;
    /** The most pairs of address and authid that are remembered to have joined. */
    private static final int MAX_PAIRS = 100_000;

    private final Timers timers;
    private final FailureThrottle byPair;
    private final FailureThrottle byAddress;
    private final FailureThrottle byAuthid;
    private final FailureThrottle challenges;
    /** When a pair joined last. */
    private final Map<String, Long> joinedAtNanos = new ConcurrentHashMap<>();

    public FailedLogins(int failuresPerMinute, int challengesPerMinute, Timers timers) {
        this.timers = timers;
        this.byPair = new FailureThrottle(failuresPerMinute, timers::nanos);
        this.byAddress = new FailureThrottle(WIDER * failuresPerMinute, timers::nanos);
        this.byAuthid = new FailureThrottle(WIDER * failuresPerMinute, timers::nanos);
        this.challenges = new FailureThrottle(challengesPerMinute, timers::nanos);
    }

    /** Whether this client has to wait, before it is asked or heard. */
    public boolean isClosed(String address, String realm, @Nullable String authid) {
        String pair = pair(address, realm, authid);
        boolean wide = byAddress.isClosed(address) || (authid != null && byAuthid.isClosed(name(realm, authid)));
        return byPair.isClosed(pair) || (wide && !hasJoined(pair));
    }

    /** Whether no further challenge is opened for this client, as its address has left too many unanswered. */
    public boolean isChallengedTooOften(String address, String realm, @Nullable String authid) {
        return challenges.isClosed(address) && !hasJoined(pair(address, realm, authid));
    }

    /** Counts a challenge. */
    public void challenged(String address) {
        challenges.failed(address);
    }

    /** A challenge was answered rightly: it does not count, and the client is remembered. */
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

    /** Counts credentials that were refused. */
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
