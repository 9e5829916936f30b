package io.junctor.router.config.listener;

/**
 * How many connections a listener takes.
 *
 * @param joinsPerSecond how many are accepted per second
 * @param connectionsPerAddress how many WebSockets an IPv4 address, or a /64 network of IPv6, may have at a time; programs on this
 *     machine may have any number
 */
public record AcceptLimits(int joinsPerSecond, int connectionsPerAddress) {
    /** 5,000 per second, 10,000 per address. */
    public static final AcceptLimits DEFAULT = new AcceptLimits(5_000, 10_000);
}
