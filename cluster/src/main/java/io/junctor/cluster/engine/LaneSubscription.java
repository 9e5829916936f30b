package io.junctor.cluster.engine;

/**
 * A subscription to the messages of a lane whose subjects match a pattern: the router has an interest in these messages until it closes the
 * subscription. Thread-safe.
 */
public interface LaneSubscription extends AutoCloseable {
    /** Ends the subscription. Messages that were on their way may still arrive. Closing again has no effect. */
    @Override
    void close();
}
