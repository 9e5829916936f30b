package io.junctor.bench;

import io.junctor.router.connection.transport.MessageReceiver;
import java.util.concurrent.TimeUnit;

/**
 * A client of a router in the same process. Like each transport, it sends a message only when the router has demanded one: while a
 * timer of the router occupies the realm, the messages of a client wait. Confined to one thread.
 */
final class InMemoryClient {
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DiscardingConnection connection;
    private final MessageReceiver receiver;

    InMemoryClient(DiscardingConnection connection, MessageReceiver receiver) {
        this.connection = connection;
        this.receiver = receiver;
    }

    /** Whether the router has demanded a message that was not sent yet. */
    boolean isDemanded() {
        return connection.isDemanded();
    }

    /** Sends {@code message} as soon as the router has demanded one. */
    void send(byte[] message) {
        while (!connection.takeDemand()) {
            Thread.onSpinWait();
        }
        receiver.onMessage(message);
    }

    /** Returns the number of messages that the router has sent to this client. */
    long received() {
        return connection.messages();
    }

    /**
     * Waits until the router has sent more than {@code count} messages to this client.
     *
     * @throws IllegalStateException if the router has not done so after 10 seconds
     */
    void awaitMoreThan(long count) {
        if (received() <= count) {
            long start = System.nanoTime();
            while (received() <= count) {
                if (System.nanoTime() - start > WAIT_NANOS) {
                    throw new IllegalStateException("no message came after the first " + count);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Ends the connection. */
    void close() {
        receiver.onClosed("the benchmark has ended");
    }
}
