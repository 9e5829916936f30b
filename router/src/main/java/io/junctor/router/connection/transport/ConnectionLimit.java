package io.junctor.router.connection.transport;

import com.sun.management.UnixOperatingSystemMXBean;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.memory.IncomingMessageBudget;
import io.junctor.router.memory.LowHeapMonitor;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Bounds the connections of all listeners of a router, and the bytes of incoming messages that they hold. Thread-safe.
 */
public final class ConnectionLimit {
    /** The number of open files that are reserved for purposes other than connections. */
    public static final int RESERVED_FILES = 512;

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

    private volatile int most;
    private final IncomingMessageBudget incoming;
    private final @Nullable String problem;
    private final AtomicInteger open = new AtomicInteger();
    private volatile @Nullable LowHeapMonitor heap;

    /** A limit of exactly {@code most} connections, with the default for incoming messages. */
    public ConnectionLimit(int most) {
        this(most, incomingBytes(RouterLimits.DEFAULT));
    }

    /** A limit of exactly {@code most} connections that hold {@code incomingBytes} of incoming messages. */
    public ConnectionLimit(int most, long incomingBytes) {
        this(most, incomingBytes, null);
    }

    private ConnectionLimit(int most, long incomingBytes, @Nullable String problem) {
        this.most = most;
        this.incoming = new IncomingMessageBudget(incomingBytes);
        this.problem = problem;
    }

    private static long incomingBytes(RouterLimits limits) {
        return Runtime.getRuntime().maxMemory() / 100 * limits.incomingHeapPercent();
    }

    /**
     * Allows as many connections as sessions. If the operating system allows fewer open files, allows fewer connections and logs it; at
     * debug level if {@code limits} contains the default, because the operator did not request that number.
     */
    public static ConnectionLimit of(RouterLimits limits) {
        return within(openFiles(), limits);
    }

    static ConnectionLimit within(long files, RouterLimits limits) {
        String problem = files > RESERVED_FILES
                ? null
                : "this process may open " + files + " files (ulimit -n), and the router needs more than "
                        + RESERVED_FILES;
        return new ConnectionLimit(most(files, limits), incomingBytes(limits), problem);
    }

    /** The number of files that this process may open; the largest number if the operating system does not report it. */
    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    private static int most(long files, RouterLimits limits) {
        int sessions = limits.sessions();
        int most = Math.clamp(files - RESERVED_FILES, 0, sessions);
        if (most > 0 && most < sessions) {
            LOG.atLevel(level(sessions))
                    .log(
                            "at most {} connections instead of {}: this process may open {} files (ulimit -n)",
                            most,
                            sessions,
                            files);
        }
        return most;
    }

    static Level level(int sessions) {
        return sessions == RouterLimits.DEFAULT.sessions() ? Level.DEBUG : Level.INFO;
    }

    /** From now on allows as many connections and bytes as {@code limits}; connections that are open stay. */
    public void use(RouterLimits limits) {
        most = most(openFiles(), limits);
        incoming.use(incomingBytes(limits));
    }

    /** Describes why no connection is possible, or null. */
    public @Nullable String problem() {
        return problem;
    }

    /** The most connections at a time. */
    public int most() {
        return most;
    }

    /** The number of open connections. */
    public int open() {
        return open.get();
    }

    public IncomingMessageBudget incoming() {
        return incoming;
    }

    /** Refuses connections while {@code usage} refuses joins. */
    public ConnectionLimit refusingWith(LowHeapMonitor usage) {
        heap = usage;
        return this;
    }

    /** Whether new connections are refused, because the limit is reached or memory is low. */
    public boolean isFull() {
        return open.get() >= most || isMemoryLow();
    }

    /** Whether new connections are refused because memory is low. */
    public boolean isMemoryLow() {
        LowHeapMonitor usage = heap;
        return usage != null && usage.refusesJoins();
    }

    public void onOpened() {
        open.incrementAndGet();
    }

    public void onClosed() {
        open.decrementAndGet();
    }
}
