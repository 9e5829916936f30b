package io.junctor.cluster.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a watcher is told, as lines. Thread-safe. */
public final class WatcherLog implements Watcher {
    private final List<String> lines = new ArrayList<>();
    private int caughtUp;

    @Override
    public synchronized void onEntry(Entry entry) {
        lines.add(entry.key() + "=" + new String(entry.value(), UTF_8));
    }

    @Override
    public synchronized void onDeleted(String key, long revision) {
        lines.add(key + " deleted");
    }

    @Override
    public synchronized void onCaughtUp(long revision) {
        caughtUp++;
    }

    /** What was told, in order. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** How often everything was told. */
    public synchronized int caughtUp() {
        return caughtUp;
    }

    /** Waits until the watcher knows the store. */
    public void awaitCaughtUp() {
        await().atMost(Duration.ofMinutes(1)).until(() -> caughtUp() > 0);
    }

    /** Waits until exactly these lines were told. */
    public void awaitLines(String... expected) {
        await().atMost(Duration.ofMinutes(1)).until(() -> lines().equals(List.of(expected)));
    }
}
