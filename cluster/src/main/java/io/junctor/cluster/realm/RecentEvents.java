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
 * Holds retained events that were stored a short time ago. They also arrive on the lane for events, unless they are lost there. Therefore they
 * are passed to {@link RealmPort#retain} 5 seconds later, which has no effect if they have arrived. Thread-safe.
 */
final class RecentEvents {
    /**
     * An event may be lost on the lane for events although it was stored this long before the loss of the connection was noticed, or is stored
     * this long after the connection is restored.
     */
    private static final Duration DOUBT = Duration.ofSeconds(5);

    private record Recent(SharedEvent event, long nanos) {}

    private final Timers timers;
    private final RealmPort port;
    /** The last event of each topic, by key, the latest last. Guarded by this, as are the next fields. */
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

    /** Notes that the whole store was read. */
    synchronized void onRead() {
        isReading = false;
        readNanos = timers.nanos();
    }

    /**
     * Adds an event that was stored, to retain it later. Returns false if the event may have been lost on the lane for events: then it is not
     * added, and the caller has to retain it now.
     */
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

    /**
     * Handles a lost connection: retains all recent events now, because they, and events that are stored from now on, may be lost on the lane
     * for events.
     */
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
