package io.junctor.router.config.yaml;

import io.junctor.router.config.Arrivals;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.config.yaml.Key.Defaulted;
import java.time.Duration;
import java.util.List;

/** Limits of each connection of a listener. */
final class ListenerLimitsShape {
    private static final ListenerLimits DEFAULT = ListenerLimits.DEFAULT;
    private static final Span TIMEOUT = new Span(Duration.ofMillis(10), Duration.ofHours(24));

    private static final Defaulted<Integer> MESSAGE_BYTES =
            new Defaulted<>("message_bytes", new Size(1 << 10, 1 << 28), DEFAULT.messageBytes());
    private static final Defaulted<Integer> DEPTH =
            new Defaulted<>("depth", new WholeNumber(8, 1_000), DEFAULT.depth());
    private static final Defaulted<Duration> HELLO_TIMEOUT =
            new Defaulted<>("hello_timeout", TIMEOUT, DEFAULT.helloTimeout());
    private static final Defaulted<Duration> AUTH_TIMEOUT =
            new Defaulted<>("auth_timeout", TIMEOUT, DEFAULT.authTimeout());
    private static final Defaulted<Duration> PING_INTERVAL =
            new Defaulted<>("ping_interval", TIMEOUT, DEFAULT.pingInterval());
    private static final Defaulted<Duration> PONG_WAIT = new Defaulted<>("pong_wait", TIMEOUT, DEFAULT.pongWait());
    private static final Defaulted<Duration> STALLED_WRITER =
            new Defaulted<>("stalled_writer", TIMEOUT, DEFAULT.stalledWriter());
    private static final Defaulted<Integer> JOINS_PER_SECOND = new Defaulted<>(
            "joins_per_second",
            new WholeNumber(1, 1_000_000),
            DEFAULT.arrivals().joinsPerSecond());
    private static final Defaulted<Integer> CONNECTIONS_PER_ADDRESS = new Defaulted<>(
            "connections_per_address",
            new WholeNumber(1, 1_000_000),
            DEFAULT.arrivals().connectionsPerAddress());

    static final Shape<ListenerLimits> SHAPE = Shape.of(
            "a map of a listener's limits",
            List.of(
                    MESSAGE_BYTES,
                    DEPTH,
                    HELLO_TIMEOUT,
                    AUTH_TIMEOUT,
                    PING_INTERVAL,
                    PONG_WAIT,
                    STALLED_WRITER,
                    JOINS_PER_SECOND,
                    CONNECTIONS_PER_ADDRESS),
            ListenerLimitsShape::bind);

    private ListenerLimitsShape() {}

    private static ListenerLimits bind(Section section) {
        return new ListenerLimits(
                section.get(MESSAGE_BYTES),
                section.get(DEPTH),
                section.get(HELLO_TIMEOUT),
                section.get(AUTH_TIMEOUT),
                section.get(PING_INTERVAL),
                section.get(PONG_WAIT),
                section.get(STALLED_WRITER),
                new Arrivals(section.get(JOINS_PER_SECOND), section.get(CONNECTIONS_PER_ADDRESS)));
    }
}
