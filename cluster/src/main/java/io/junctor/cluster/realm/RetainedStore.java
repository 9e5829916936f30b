package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Watch;
import io.junctor.cluster.engine.Watcher;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.SharedEvents;
import io.junctor.cluster.protocol.TextHash;
import io.junctor.cluster.registry.KeySequence;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.options.Audience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the last retained event of each topic of a realm, for routers that start later or have missed it. Connected routers receive the event
 * on the lane for events. They retain the stored copy 5 seconds later, if the event has not arrived by then, so that no subscriber receives the
 * event twice; a subscriber may receive it twice only within 5 seconds after its router has started or reconnected. An event that the store did
 * not accept is stored later, unless a later event of the topic is stored. Events for certain receivers are not stored. Thread-safe.
 */
final class RetainedStore implements Watcher, RetainedStoreRefill.Target {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedStore.class);
    /**
     * How long an event that the store did not accept waits for the next attempt; the time doubles after each failed attempt, up to {@link
     * #MOST_WAIT}.
     */
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

    private static final Duration MOST_WAIT = Duration.ofSeconds(30);

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    /** An event that waits to be stored; {@code stored} completes when it is. */
    private record Waiting(SharedEvent event, CompletableFuture<Void> stored) {}

    /** The stored event of a topic: its revision, and its order among retained events as {@link SharedEvent} says. */
    private record Stored(long revision, long retention, long publication) {
        static Stored of(long revision, @Nullable SharedEvent event) {
            return event == null
                    ? new Stored(revision, 0, 0)
                    : new Stored(revision, event.retention(), event.publication());
        }

        boolean isOlderThan(SharedEvent event) {
            return SharedEvent.isOlder(retention, publication, event.retention(), event.publication());
        }

        static Stored latest(Stored one, Stored other) {
            return one.revision > other.revision ? one : other;
        }
    }

    private final String realm;
    private final String prefix;
    private final Engine engine;
    private final RealmPort port;
    private final Timers timers;
    private final Records records;
    private final KeySequence steps = new KeySequence();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    /** Guarded by this, as are the next fields. */
    private final Map<String, Stored> storedByKey = new HashMap<>();

    /** The last event of each topic that the store did not accept. */
    private final Map<String, SharedEvent> untakenByKey = new HashMap<>();

    private Duration wait = LEAST_WAIT;
    private boolean isUntakenTimed;

    private boolean isClosed;
    private boolean isCaughtUp;
    private final RecentEvents recent;
    private final RetainedStoreRefill refill;
    private final Watch watch;

    RetainedStore(Engine engine, Timers timers, String realm, RealmPort port) {
        this.engine = engine;
        this.realm = realm;
        this.prefix = TextHash.token(realm) + ".";
        this.port = port;
        this.timers = timers;
        this.records = engine.records(Store.RETAINED);
        this.recent = new RecentEvents(timers, port);
        this.refill = new RetainedStoreRefill(engine, timers, realm, port, this);
        this.watch = records.watch(this);
    }

    void close() {
        synchronized (this) {
            isClosed = true;
        }
        recent.close();
        refill.close();
        watch.close();
    }

    /** Removes all stored events of the realm, except those that another router has changed meanwhile. The caller must call {@link #close} before. */
    CompletionStage<Void> purge() {
        Map<String, Stored> all;
        synchronized (this) {
            all = Map.copyOf(storedByKey);
        }
        return CompletableFuture.allOf(all.entrySet().stream()
                .map(each -> records.delete(each.getKey(), each.getValue().revision())
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Whether this router has retained the events that were stored when it started. */
    synchronized boolean isCaughtUp() {
        return isCaughtUp;
    }

    /** Stores an event with the next {@link #flush}, if it is retained and for all subscribers. */
    void add(SharedEvent event) {
        addConfirmed(event);
    }

    /** Stores an event as {@link #add} does. Completes when the event, or a later one of its topic, is stored; at once if it is not to be stored. */
    CompletionStage<Void> addConfirmed(SharedEvent event) {
        if (isStorable(event)) {
            CompletableFuture<Void> stored = new CompletableFuture<>();
            waiting.add(new Waiting(event, stored));
            return stored;
        }
        return DONE;
    }

    private static boolean isStorable(SharedEvent event) {
        return event.isRetained()
                && event.receivers().audience().equals(Audience.ALL)
                && event.receivers().needed() == null;
    }

    /** Stores the events that wait. */
    void flush() {
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            store(next);
        }
    }

    private void store(Waiting next) {
        SharedEvent event = next.event();
        BodyWriter body = new BodyWriter().text(realm);
        try {
            SharedEvents.write(body, event);
        } catch (UnrepresentableException problem) {
            LOG.warn("realm {}: a retained event is not stored: {}", realm, problem.getMessage());
            next.stored().completeExceptionally(problem);
            return;
        }
        byte[] row = body.toBytes();
        String key = key(event);
        steps.run(
                key,
                () -> write(key, event, row).whenComplete((done, failure) -> {
                    if (failure == null) {
                        onTaken(key, event);
                        next.stored().complete(null);
                    } else {
                        onUntaken(key, event, failure);
                        next.stored().completeExceptionally(failure);
                    }
                }));
    }

    private String key(SharedEvent event) {
        return prefix + TextHash.token(event.topic().text());
    }

    private CompletionStage<Void> write(String key, SharedEvent event, byte[] row) {
        Stored stored = stored(key);
        if (stored != null && !stored.isOlderThan(event)) {
            return DONE;
        }
        CompletionStage<Written> written =
                stored == null ? records.create(key, row) : records.replace(key, row, stored.revision());
        return written.thenCompose(outcome -> switch (outcome) {
            case Written.Accepted accepted -> {
                note(key, Stored.of(accepted.revision(), event));
                yield DONE;
            }
            case Written.Conflict conflict ->
                records.read(key).thenCompose(found -> {
                    correct(key, found.orElse(null));
                    return write(key, event, row);
                });
            case Written.Unknown unknown ->
                CompletableFuture.failedFuture(
                        new EngineException("the store did not take the retained event: " + unknown.reason(), true));
        });
    }

    private void onTaken(String key, SharedEvent event) {
        synchronized (this) {
            SharedEvent untaken = untakenByKey.get(key);
            if (untaken != null && !event.isOlderThan(untaken)) {
                untakenByKey.remove(key);
            }
        }
    }

    private void onUntaken(String key, SharedEvent event, Throwable failure) {
        boolean isFirst;
        synchronized (this) {
            isFirst = !isUntakenTimed;
            isUntakenTimed = true;
            untakenByKey.merge(key, event, (before, now) -> before.isOlderThan(now) ? now : before);
            wait = isFirst ? LEAST_WAIT : wait;
        }
        if (isFirst) {
            LOG.warn("realm {}: retained events are stored later: {}", realm, failure.getMessage());
            timers.after(LEAST_WAIT, this::storeUntaken);
        }
    }

    /** Retries to store the events that the store did not accept, one attempt at a time. */
    private void storeUntaken() {
        List<Waiting> again = new ArrayList<>();
        synchronized (this) {
            if (isClosed) {
                return;
            }
            if (engine.isConnected()) {
                untakenByKey.values().forEach(event -> again.add(new Waiting(event, new CompletableFuture<>())));
            }
        }
        again.forEach(this::store);
        CompletableFuture<?>[] attempts = again.stream().map(Waiting::stored).toArray(CompletableFuture[]::new);
        var unused = CompletableFuture.allOf(attempts).whenComplete((done, failure) -> waitForUntaken(failure != null));
    }

    private void waitForUntaken(boolean hasFailed) {
        Duration next;
        synchronized (this) {
            isUntakenTimed = !isClosed && !untakenByKey.isEmpty();
            if (!isUntakenTimed) {
                return;
            }
            Duration twice = wait.multipliedBy(2);
            wait = !hasFailed ? LEAST_WAIT : twice.compareTo(MOST_WAIT) < 0 ? twice : MOST_WAIT;
            next = wait;
        }
        timers.after(next, this::storeUntaken);
    }

    /** Replaces the known state of a topic by the record that was read. */
    private synchronized void correct(String key, @Nullable Entry found) {
        if (found == null) {
            storedByKey.remove(key);
        } else {
            storedByKey.put(key, Stored.of(found.revision(), read(found)));
        }
    }

    private synchronized @Nullable Stored stored(String key) {
        return storedByKey.get(key);
    }

    private synchronized void note(String key, Stored stored) {
        storedByKey.merge(key, stored, Stored::latest);
    }

    @Override
    public void onEntry(Entry entry) {
        if (!entry.key().startsWith(prefix)) {
            return;
        }
        SharedEvent event = read(entry);
        note(entry.key(), Stored.of(entry.revision(), event));
        if (event != null && !recent.add(entry.key(), event)) {
            port.retain(event);
        }
    }

    /** Handles a lost connection: events that were stored a short time ago, or are stored from now on, may be lost on the lane for events. */
    void onDisconnected() {
        recent.onDisconnected();
    }

    private @Nullable SharedEvent read(Entry entry) {
        try {
            BodyReader body = new BodyReader(entry.value());
            if (body.text().equals(realm)) {
                return SharedEvents.read(body);
            }
        } catch (InvalidBodyException invalid) {
            LOG.warn("realm {}: ignores the retained event {}: {}", realm, entry.key(), invalid.getMessage());
        }
        return null;
    }

    @Override
    public void onDeleted(String key, long revision) {
        boolean isLost;
        synchronized (this) {
            isLost = storedByKey.remove(key) != null;
        }
        if (isLost) {
            refill.onLoss();
        }
    }

    @Override
    public void onMadeAnew() {
        synchronized (this) {
            storedByKey.clear();
        }
        refill.onLoss();
    }

    @Override
    public boolean lacks(SharedEvent event) {
        Stored stored = stored(key(event));
        return isStorable(event) && (stored == null || stored.isOlderThan(event));
    }

    @Override
    public CompletionStage<Void> store(SharedEvent event) {
        Waiting again = new Waiting(event, new CompletableFuture<>());
        store(again);
        return again.stored();
    }

    @Override
    public synchronized void onCaughtUp(long revision) {
        recent.onRead();
        isCaughtUp = true;
    }
}
