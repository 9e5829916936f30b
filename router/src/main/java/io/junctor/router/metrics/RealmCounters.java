package io.junctor.router.metrics;

/**
 * Counts what happens in the turn of one realm, for the realm and for the whole router. Confined to the realm's turn, but for
 * {@link #ofRouter()}.
 */
public final class RealmCounters {
    private static final int CODES = 128;

    private final Counters router;
    private final long[] counts = new long[Counter.values().length];
    private final long[] receivedByCode = new long[CODES];
    private long joined;

    /** All counts of the realm at zero; {@code router} counts for all realms. */
    public RealmCounters(Counters router) {
        this.router = router;
    }

    /** The counters of the router, for what happens outside of the turn. */
    public Counters ofRouter() {
        return router;
    }

    /** Counts one. */
    public void increment(Counter counter) {
        add(counter, 1);
    }

    /** Counts {@code amount}. */
    public void add(Counter counter, long amount) {
        counts[counter.ordinal()] += amount;
        router.add(counter, amount);
    }

    /** The count of the realm now. */
    public long value(Counter counter) {
        return counts[counter.ordinal()];
    }

    /** Counts a message that a session sent. */
    public void onMessage(int code) {
        receivedByCode[code]++;
    }

    /** How many messages with this code the sessions of the realm sent. */
    public long messages(int code) {
        return receivedByCode[code];
    }

    /** Counts a session that joined. */
    public void onJoined() {
        joined++;
    }

    /** How many sessions joined. */
    public long joined() {
        return joined;
    }
}
