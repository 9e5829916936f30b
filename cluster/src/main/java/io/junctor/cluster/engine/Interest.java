package io.junctor.cluster.engine;

/** What a lane wants to receive, until it is closed. Thread-safe. */
public interface Interest extends AutoCloseable {
    /** Withdraws the interest. Messages that were on their way may still arrive. Closing again has no effect. */
    @Override
    void close();
}
