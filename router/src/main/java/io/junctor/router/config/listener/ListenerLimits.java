package io.junctor.router.config.listener;

import java.time.Duration;

/**
 * Limits of each connection of a listener.
 *
 * @param messageBytes the largest message a client may send
 * @param depth the deepest nesting of lists and dictionaries
 * @param helloTimeout the time limit from the opening of the transport to {@code HELLO}
 * @param authTimeout the time limit from {@code CHALLENGE} to {@code AUTHENTICATE}
 * @param pingInterval the interval of pings on an idle connection
 * @param pongWait the time limit for a pong
 * @param stalledWriter the time for which a client may accept no bytes while messages wait for it
 * @param arrivals the limits of the connections that the listener accepts
 */
public record ListenerLimits(
        int messageBytes,
        int depth,
        Duration helloTimeout,
        Duration authTimeout,
        Duration pingInterval,
        Duration pongWait,
        Duration stalledWriter,
        AcceptLimits arrivals) {
    /** The maximum size of a message before {@code WELCOME}, in bytes. */
    public static final int HANDSHAKE_BYTES = 1 << 16;
    /** The maximum number of elements of lists and dictionaries in a message before {@code WELCOME}. */
    public static final int HANDSHAKE_ELEMENTS = 500;
    /** The defaults, in the order of the components: 1 MiB, depth 64, 5 s, 30 s, 20 s, 10 s, 30 s; {@link AcceptLimits#DEFAULT}. */
    public static final ListenerLimits DEFAULT = new ListenerLimits(
            1 << 20,
            64,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            AcceptLimits.DEFAULT);

    /** The time for which a client that sends requests on an open connection may be silent. */
    public Duration requestWait() {
        return pingInterval.plus(pongWait).multipliedBy(2);
    }

    /** These limits with another largest message. */
    public ListenerLimits withMessageBytes(int bytes) {
        return new ListenerLimits(
                bytes, depth, helloTimeout, authTimeout, pingInterval, pongWait, stalledWriter, arrivals);
    }

    /** These limits with another time limit for {@code HELLO}. */
    public ListenerLimits withHelloTimeout(Duration timeout) {
        return new ListenerLimits(
                messageBytes, depth, timeout, authTimeout, pingInterval, pongWait, stalledWriter, arrivals);
    }

    /** These limits with another interval of pings. */
    public ListenerLimits withPingInterval(Duration interval) {
        return new ListenerLimits(
                messageBytes, depth, helloTimeout, authTimeout, interval, pongWait, stalledWriter, arrivals);
    }

    /** These limits with another time for which a client may accept no bytes. */
    public ListenerLimits withStalledWriter(Duration longest) {
        return new ListenerLimits(
                messageBytes, depth, helloTimeout, authTimeout, pingInterval, pongWait, longest, arrivals);
    }

    /** These limits with other limits of the connections that the listener accepts. */
    public ListenerLimits withArrivals(AcceptLimits others) {
        return new ListenerLimits(
                messageBytes, depth, helloTimeout, authTimeout, pingInterval, pongWait, stalledWriter, others);
    }
}
