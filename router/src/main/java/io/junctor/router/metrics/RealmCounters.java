package io.junctor.router.metrics;

/** Counts the events in the turn of one realm, for the realm and for the whole router. Confined to the realm's turn, except {@link #ofRouter()}. */
public final class RealmCounters {
    private static final int CODES = 128;

    private final Counters router;
    private final long[] counts = new long[Counter.values().length];
    private final long[] receivedByCode = new long[CODES];
    private long joined;

    /** Creates counters of a realm with the value 0; {@code router} contains the counters of the whole router. */
    public RealmCounters(Counters router) {
        this.router = router;
    }

    /** The counters of the router, for events outside of the turn. */
    public Counters ofRouter() {
        return router;
    }

    /** Adds one to a counter. */
    public void increment(Counter counter) {
        add(counter, 1);
    }

    /** Adds {@code amount} to a counter. */
    public void add(Counter counter, long amount) {
        counts[counter.ordinal()] += amount;
        router.add(counter, amount);
    }

    /** The present value of a counter of the realm. */
    public long value(Counter counter) {
        return counts[counter.ordinal()];
    }

    /** Counts a message that a session sent. */
    public void onMessage(int code) {
        receivedByCode[code]++;
    }

    /** The number of messages with this type code that the sessions of the realm sent. */
    public long messages(int code) {
        return receivedByCode[code];
    }

    /** Counts a session that joined. */
    public void onJoined() {
        joined++;
    }

    /** The number of sessions that joined. */
    public long joined() {
        return joined;
    }
}
