package io.junctor.cluster.realm;

import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Retained events that were stored a short time ago: they come as events, too, unless they are lost. So they are retained some seconds later, which
 * changes nothing where they have come. Thread-safe.
 */
final class RecentEvents {
    /** An event may be lost with a connection although it was stored so long before that was noticed, or is stored so long after it is back. */
    private static final Duration DOUBT = Duration.ofSeconds(5);

    private record Recent(SharedEvent event, long nanos) {}

    private final Timers timers;
    private final RealmPort port;
    /** The last event of each topic, by key, the latest last. Guarded by this, as the next ones. */
    private final Map<String, Recent> recentByKey = new LinkedHashMap<>();

    private boolean isTimed;
    private boolean isClosed;
    private boolean isReading = true;
    /** When the store was read last. */
    private long readNanos;

    RecentEvents(Timers timers, RealmPort port) {
        this.timers = timers;
        this.port = port;
    }

    synchronized void close() {
        isClosed = true;
    }

    /** The store was read as a whole. */
    synchronized void onRead() {
        isReading = false;
        readNanos = timers.nanos();
    }

    /** Whether the event comes, or has come, on the lane for events, if it is not lost there: then it is retained later. */
    boolean add(String key, SharedEvent event) {
        boolean wasTimed;
        synchronized (this) {
            long now = timers.nanos();
            if (isReading || now - readNanos < DOUBT.toNanos()) {
                return false;
            }
            recentByKey.remove(key);
            recentByKey.put(key, new Recent(event, now));
            wasTimed = isTimed;
            isTimed = true;
        }
        if (!wasTimed) {
            timers.after(DOUBT, this::retainDue);
        }
        return true;
    }

    private void retainDue() {
        List<SharedEvent> due = new ArrayList<>();
        long nextNanos = 0;
        synchronized (this) {
            long now = timers.nanos();
            Iterator<Recent> all = recentByKey.values().iterator();
            while (all.hasNext() && nextNanos == 0) {
                Recent first = all.next();
                nextNanos = Math.max(0, first.nanos() + DOUBT.toNanos() - now);
                if (nextNanos == 0) {
                    due.add(first.event());
                    all.remove();
                }
            }
            isTimed = nextNanos > 0 && !isClosed;
            if (isClosed) {
                return;
            }
        }
        due.forEach(port::retain);
        if (nextNanos > 0) {
            timers.after(Duration.ofNanos(nextNanos), this::retainDue);
        }
    }

    /** The connection is lost: what was stored a short time ago, or is stored from now on, may not have come as an event. */
    void onDisconnected() {
        List<Recent> doubtful;
        synchronized (this) {
            isReading = true;
            doubtful = List.copyOf(recentByKey.values());
            recentByKey.clear();
        }
        doubtful.forEach(each -> port.retain(each.event()));
    }
}
