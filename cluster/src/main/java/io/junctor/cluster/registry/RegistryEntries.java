package io.junctor.cluster.registry;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the callees that a router knows, of all its realms and on all routers, and checks whether their limit is reached. Thread-safe. */
public final class RegistryEntries {
    private final int most;
    private final AtomicInteger count = new AtomicInteger();

    /** @param most the number of callees from which on further callees are refused; callees that register at the same moment may exceed it */
    public RegistryEntries(int most) {
        this.most = most;
    }

    /** How many callees are known. */
    public int count() {
        return count.get();
    }

    boolean isFull() {
        return count.get() >= most;
    }

    /** The reason why a callee is refused. */
    String text() {
        return "the routers of the cluster have " + most + " callees, the limit (cluster.registry_entries)";
    }

    void add() {
        count.incrementAndGet();
    }

    void remove(int callees) {
        count.addAndGet(-callees);
    }
}
