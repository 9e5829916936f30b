package io.junctor.client.internal.engine;

/**
 * The limits of a session. If a limit causes a failure, the text of the failure names the limit.
 *
 * @param joinTimeoutNanos the limit from the open transport to {@code WELCOME}
 * @param requestTimeoutNanos the limit from a request to its answer, if the request sets no timeout
 * @param closeTimeoutNanos the limit from {@code GOODBYE} to its answer, and then the limit for handlers that still run
 * @param pingNanos the time between pings; a connection that is silent for twice this time is lost; 0 for no pings
 * @param messageBytes the largest message in either direction
 * @param sendBufferBytes the size of the send buffer; senders wait while it is full
 * @param backlogMessages how many messages may wait for handlers before reading pauses
 * @param backlogBytes how many bytes may wait for handlers before reading pauses
 */
public record SessionLimits(
        long joinTimeoutNanos,
        long requestTimeoutNanos,
        long closeTimeoutNanos,
        long pingNanos,
        int messageBytes,
        int sendBufferBytes,
        int backlogMessages,
        long backlogBytes) {
    /** Returns the same settings for a transport whose router accepts messages of at most {@code bytes}. */
    SessionLimits withMessagesUpTo(int bytes) {
        return bytes >= messageBytes
                ? this
                : new SessionLimits(
                        joinTimeoutNanos,
                        requestTimeoutNanos,
                        closeTimeoutNanos,
                        pingNanos,
                        bytes,
                        sendBufferBytes,
                        backlogMessages,
                        backlogBytes);
    }
}
