package io.junctor.router.config.listener;

/**
 * The limits of the connections that a listener accepts.
 *
 * @param joinsPerSecond the maximum number of connections that are accepted per second
 * @param connectionsPerAddress the maximum number of WebSockets of one IPv4 address, or of one /64 network of IPv6, at a time; it does not
 *     apply to clients on this machine
 */
public record AcceptLimits(int joinsPerSecond, int connectionsPerAddress) {
    /** 5,000 per second, 10,000 per address. */
    public static final AcceptLimits DEFAULT = new AcceptLimits(5_000, 10_000);
}
