package io.junctor.cluster.simulation;

import io.junctor.wamp.message.Message;
import java.util.ArrayList;
import java.util.List;

/** What the clients of a simulation sent and received: a number that tells two runs apart, and the messages if wanted. For one thread. */
final class Trace {
    private final boolean keepsMessages;
    private final List<String> lines = new ArrayList<>();
    private long hash = 17;

    Trace(boolean keepsMessages) {
        this.keepsMessages = keepsMessages;
    }

    void add(long nanos, SimulatedClient client, Message message) {
        hash = (hash ^ nanos ^ ((long) client.number << 32) ^ message.code()) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
        if (keepsMessages) {
            add(nanos, client + ": " + message);
        }
    }

    /** Something happened to a router or to the network. */
    void add(long nanos, String what) {
        if (keepsMessages) {
            lines.add("%.6f s %s".formatted(nanos / 1e9, what));
        }
    }

    /** The same for equal runs, and almost surely another one for others. */
    long hash() {
        return hash;
    }

    List<String> lines() {
        return lines;
    }
}
