package io.junctor.cluster.nats;

import io.nats.client.Connection;

/**
 * Tells which messages may be lost with a connection, although what is written later arrives, as the connection is back. Confined to the
 * thread that writes.
 */
final class LossWatch {
    /** How often the connection had been back when it was looked at last. */
    private long reconnects;

    /** The highest number of a message that was written. */
    private long lastWritten;

    /** Up to this number, messages may be lost. */
    private long lastLost;

    /** A message is written next. */
    void onMessage(long number, Connection to) {
        look(to);
        lastWritten = Math.max(lastWritten, number);
    }

    /** A message was not written. */
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
