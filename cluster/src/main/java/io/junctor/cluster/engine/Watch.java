package io.junctor.cluster.engine;

/** Keeps a {@link Watcher} informed about a store until it is closed. Thread-safe. */
public interface Watch extends AutoCloseable {
    /**
     * Reads the store again, and reports to the watcher the differences from what was reported before. The reading begins soon, or when there
     * is a connection; this method does not block.
     */
    void read();

    /** How many changes of the store had not been reported to the watcher when the engine checked last, which it does every 10 seconds. */
    long behind();

    /** Stops the reports. A call to the watcher may still be running. */
    @Override
    void close();
}
