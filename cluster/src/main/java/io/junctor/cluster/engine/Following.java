package io.junctor.cluster.engine;

/** A follower at work. Thread-safe. */
public interface Following extends AutoCloseable {
    /** Ends it. A call to the follower may still be running. */
    @Override
    void close();
}
