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
 * The sockets without a use, and the time since when each is unused. A use is a WebSocket or a request that may
 * take long; a socket with HTTP/2 may have several. Thread-safe.
 */
final class UnusedSockets {
    private static final int SLOWEST_BYTES_PER_SECOND = 1 << 13;
    private static final Duration LONGEST_RESPONSE = Duration.ofMinutes(10);

    private final ConcurrentMap<EndPoint, SocketUse> sockets = new ConcurrentHashMap<>();

    /** @param wasUsed whether an earlier use has ended: such a client can open another socket by itself */
    private record SocketUse(int users, long sinceNanos, boolean wasUsed) {
        boolean isSpare() {
            return users == 0 && wasUsed;
        }
    }

    void opened(EndPoint socket, long nowNanos) {
        sockets.put(socket, new SocketUse(0, nowNanos, false));
    }

    /** Forgets a socket that is closed, or that will carry one connection until it closes. */
    void remove(EndPoint socket) {
        sockets.remove(socket);
    }

    /** Notes that a use of a socket begins. */
    void use(EndPoint socket) {
        sockets.computeIfPresent(
                socket, (same, use) -> new SocketUse(use.users() + 1, use.sinceNanos(), use.wasUsed()));
    }

    /** Notes that a use ends; after the last use, the socket is unused since {@code sinceNanos}, or since a later time if that is set. */
    void release(EndPoint socket, long sinceNanos) {
        sockets.computeIfPresent(
                socket,
                (same, use) -> new SocketUse(
                        use.users() - 1, use.sinceNanos() - sinceNanos > 0 ? use.sinceNanos() : sinceNanos, true));
    }

    /** Gives a client more time for a response of {@code bytes} bytes. After the response, the rest of this time is taken back. */
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

    /** Moves the time since when a socket is unused by {@code nanos}, which may be negative. */
    void move(EndPoint socket, long nanos) {
        sockets.computeIfPresent(
                socket, (same, use) -> new SocketUse(use.users(), use.sinceNanos() + nanos, use.wasUsed()));
    }

    /** Returns whether any socket is unused. */
    boolean isAny() {
        return sockets.values().stream().anyMatch(use -> use.users() == 0);
    }

    /** Closes at most {@code most} of the sockets that wait for another use, those that have waited longest first. */
    void closeLongestWaiting(int most, long nowNanos) {
        sockets.entrySet().stream()
                .filter(each -> each.getValue().isSpare())
                .sorted(Comparator.comparingLong(each -> each.getValue().sinceNanos() - nowNanos))
                .limit(most)
                .map(Map.Entry::getKey)
                .forEach(EndPoint::close);
    }

    /** Closes the sockets that are unused for at least {@code longestNanos}; before that, calls {@code late} with each of these sockets. */
    void sweep(long nowNanos, long longestNanos, Consumer<EndPoint> late) {
        sockets.forEach((socket, use) -> {
            if (use.users() == 0 && nowNanos - use.sinceNanos() >= longestNanos) {
                late.accept(socket);
                socket.close();
            }
        });
    }
}
