package io.junctor.cluster.engine;

/** A lane's request for the messages whose subjects match a pattern. It is valid until it is closed. Thread-safe. */
public interface Interest extends AutoCloseable {
    /** Withdraws the interest. Messages that were on their way may still arrive. Closing again has no effect. */
    @Override
    void close();
}
