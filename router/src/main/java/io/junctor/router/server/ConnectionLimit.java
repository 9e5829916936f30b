package io.junctor.router.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Safe for use by many threads. How many connections all listeners of a router have, and may have. */
public final class ConnectionLimit {
    /** Open files kept for everything that is no connection. */
    public static final int RESERVED_FILES = 512;

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    /** A limit of exactly {@code most} connections. */
    public ConnectionLimit(int most) {
        this.most = most;
    }

    /** As many connections as {@code sessions}, or as the operating system's limit of open files allows where that is less, which is logged. */
    public static ConnectionLimit of(int sessions) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            return within(unix.getMaxFileDescriptorCount(), sessions);
        }
        return new ConnectionLimit(sessions);
    }

    private static ConnectionLimit within(long files, int sessions) {
        if (files - RESERVED_FILES >= sessions) {
            return new ConnectionLimit(sessions);
        }
        int most = (int) Math.max(1, files - RESERVED_FILES);
        LOG.info(
                "at most {} connections instead of {}: this process may open {} files (ulimit -n)",
                most,
                sessions,
                files);
        return new ConnectionLimit(most);
    }

    /** The most connections at a time. */
    public int most() {
        return most;
    }

    /** The connections there are. */
    public int open() {
        return open.get();
    }

    boolean isFull() {
        return open.get() >= most;
    }

    void onOpened() {
        open.incrementAndGet();
    }

    void onClosed() {
        open.decrementAndGet();
    }
}
