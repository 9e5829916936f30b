package io.junctor.cluster.engine;

/** A watcher at work. Thread-safe. */
public interface Watch extends AutoCloseable {
    /**
     * Reads the store anew, and tells the watcher what is different from what it was told. Does so soon, or when there is a connection; does not
     * block.
     */
    void read();

    /** How many changes the store had that the watcher was not told, when the engine looked last, which it does every 10 seconds. */
    long behind();

    /** Ends it. A call to the watcher may still be running. */
    @Override
    void close();
}
