package io.junctor.client.internal.engine;

/**
 * Immutable. The limits of a session; every failure they cause names them.
 *
 * @param joinTimeoutNanos from the open transport to {@code WELCOME}
 * @param requestTimeoutNanos from a request to its answer, where the request brings no timeout of its own
 * @param closeTimeoutNanos from {@code GOODBYE} to its answer, and again for running handlers
 * @param pingNanos between pings; the router is taken for dead when nothing arrives for twice that time; 0 for no pings
 * @param messageBytes the largest message, in and out
 * @param sendBufferBytes what may wait to be written before senders wait
 * @param backlogMessages what may wait for handlers before reading pauses
 * @param backlogBytes the same in bytes
 */
public record SessionSettings(
        long joinTimeoutNanos,
        long requestTimeoutNanos,
        long closeTimeoutNanos,
        long pingNanos,
        int messageBytes,
        int sendBufferBytes,
        int backlogMessages,
        long backlogBytes) {}
