package io.junctor.cluster.nats;

import io.nats.client.Connection;

/**
 * Determines which messages may have been lost with a connection, although later messages arrive because the client has reconnected. Confined
 * to the thread that writes.
 */
final class LossWatch {
    /** How many reconnects the connection had counted when it was checked last. */
    private long reconnects;

    /** The highest number of a message that was written. */
    private long lastWritten;

    /** Messages up to this number may be lost. */
    private long lastLost;

    /** Notes that a message is written next. */
    void onMessage(long number, Connection to) {
        look(to);
        lastWritten = Math.max(lastWritten, number);
    }

    /** Notes that a message was not written. */
    void onDropped(long number) {
        lastLost = Math.max(lastLost, number);
    }

    /** Whether messages with a number above {@code number} may be lost. */
    boolean isLossAfter(long number, Connection to) {
        look(to);
        return lastLost > number;
    }

    private void look(Connection to) {
        long now = to.getStatistics().getReconnects();
        if (now != reconnects) {
            reconnects = now;
            lastLost = Math.max(lastLost, lastWritten);
        }
    }
}
