package io.junctor.server.connector;

import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * The sockets that may have no connection to the router, and since when nothing uses them: no WebSocket and no request that may
 * take long. A socket with HTTP/2 may have several uses. Thread-safe.
 */
final class UnusedSockets {
    private static final int SLOWEST_BYTES_PER_SECOND = 1 << 13;
    private static final Duration LONGEST_RESPONSE = Duration.ofMinutes(10);

    private final ConcurrentMap<EndPoint, Use> sockets = new ConcurrentHashMap<>();

    /** @param wasUsed whether a use has ended, so that the client knows how to begin again on another socket */
    private record Use(int users, long sinceNanos, boolean wasUsed) {
        boolean isSpare() {
            return users == 0 && wasUsed;
        }
    }

    void opened(EndPoint socket, long nowNanos) {
        sockets.put(socket, new Use(0, nowNanos, false));
    }

    /** The socket has become a connection for good, or is closed. */
    void remove(EndPoint socket) {
        sockets.remove(socket);
    }

    /** A use begins. */
    void use(EndPoint socket) {
        sockets.computeIfPresent(socket, (same, use) -> new Use(use.users() + 1, use.sinceNanos(), use.wasUsed()));
    }

    /** A use ends; if it was the last one, the socket is unused since {@code sinceNanos}, or since a later time if that is set. */
    void release(EndPoint socket, long sinceNanos) {
        sockets.computeIfPresent(
                socket,
                (same, use) -> new Use(
                        use.users() - 1, use.sinceNanos() - sinceNanos > 0 ? use.sinceNanos() : sinceNanos, true));
    }

    /** Gives the client of a request time for a response of so many bytes; what it does not take is no time for other requests. */
    void allowResponse(Request request, EndPoint socket, long bytes, Timers timers) {
        long allowedNanos = Math.min(
                Duration.ofSeconds(1 + bytes / SLOWEST_BYTES_PER_SECOND).toNanos(), LONGEST_RESPONSE.toNanos());
        long begunNanos = timers.nanos();
        move(socket, allowedNanos);
        Request.addCompletionListener(request, failure -> {
            long unusedNanos = Math.max(0, begunNanos + allowedNanos - timers.nanos());
            move(socket, -unusedNanos);
        });
    }

    /** Counts the socket as unused since a later time, or an earlier one. */
    void move(EndPoint socket, long nanos) {
        sockets.computeIfPresent(socket, (same, use) -> new Use(use.users(), use.sinceNanos() + nanos, use.wasUsed()));
    }

    /** Whether there is a socket that nothing uses. */
    boolean isAny() {
        return sockets.values().stream().anyMatch(use -> use.users() == 0);
    }

    /** Closes sockets that wait for the next use, those first that have waited longest, at most so many. */
    void closeLongestWaiting(int most, long nowNanos) {
        sockets.entrySet().stream()
                .filter(each -> each.getValue().isSpare())
                .sorted(Comparator.comparingLong(each -> each.getValue().sinceNanos() - nowNanos))
                .limit(most)
                .map(Map.Entry::getKey)
                .forEach(EndPoint::close);
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
