package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Written;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The entries of a journal. Thread-safe. */
final class MemoryLog {
    /** An entry and the time at which it expires. */
    private record Kept(Entry entry, long untilNanos) {}

    private final Timers timers;
    private final Map<String, Deque<Kept>> byKey = new HashMap<>();
    private long latest;

    MemoryLog(Timers timers) {
        this.timers = timers;
    }

    synchronized Written append(String key, byte[] value, Duration age) {
        latest++;
        Kept kept = new Kept(new Entry(key, latest, value), timers.nanos() + age.toNanos());
        byKey.computeIfAbsent(key, same -> new ArrayDeque<>()).add(kept);
        return new Written.Accepted(latest);
    }

    synchronized List<Entry> read(String key) {
        Deque<Kept> all = byKey.get(key);
        if (all == null) {
            return List.of();
        }
        long nowNanos = timers.nanos();
        all.removeIf(kept -> kept.untilNanos - nowNanos < 0);
        return all.stream().map(Kept::entry).toList();
    }

    synchronized void keepLast(String key, int most) {
        Deque<Kept> all = byKey.get(key);
        while (all != null && all.size() > most) {
            all.removeFirst();
        }
    }

    synchronized void removeBefore(String key, long revision) {
        Deque<Kept> all = byKey.get(key);
        if (all != null) {
            all.removeIf(kept -> kept.entry.revision() < revision);
        }
    }

    synchronized void wipe() {
        byKey.clear();
        latest = 0;
    }
}
