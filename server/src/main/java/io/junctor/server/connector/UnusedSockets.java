package io.junctor.server.connector;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;

/**
 * The sockets that may have no connection to the router, and since when nothing uses them: no WebSocket and no request that may
 * take long. A socket with HTTP/2 may have several uses. Thread-safe.
 */
final class UnusedSockets {
    private final ConcurrentMap<EndPoint, Use> sockets = new ConcurrentHashMap<>();

    private record Use(int users, long sinceNanos) {}

    void opened(EndPoint socket, long nowNanos) {
        sockets.put(socket, new Use(0, nowNanos));
    }

    /** The socket has become a connection for good, or is closed. */
    void remove(EndPoint socket) {
        sockets.remove(socket);
    }

    /** A use begins. */
    void use(EndPoint socket) {
        sockets.computeIfPresent(socket, (same, use) -> new Use(use.users() + 1, use.sinceNanos()));
    }

    /** A use ends; if it was the last one, the socket is unused since {@code sinceNanos}, or since a later time if that is set. */
    void release(EndPoint socket, long sinceNanos) {
        sockets.computeIfPresent(
                socket,
                (same, use) ->
                        new Use(use.users() - 1, use.sinceNanos() - sinceNanos > 0 ? use.sinceNanos() : sinceNanos));
    }

    /** Counts the socket as unused since a later time, or an earlier one. */
    void move(EndPoint socket, long nanos) {
        sockets.computeIfPresent(socket, (same, use) -> new Use(use.users(), use.sinceNanos() + nanos));
    }

    /** Closes the sockets that are unused for so long; {@code late} is told before. */
    void sweep(long nowNanos, long longestNanos, Consumer<EndPoint> late) {
        sockets.forEach((socket, use) -> {
            if (use.users() == 0 && nowNanos - use.sinceNanos() >= longestNanos) {
                late.accept(socket);
                socket.close();
            }
        });
    }
}
