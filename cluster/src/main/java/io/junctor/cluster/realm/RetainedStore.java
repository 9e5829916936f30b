package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Follower;
import io.junctor.cluster.engine.Following;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBody;
import io.junctor.cluster.protocol.SharedEvents;
import io.junctor.cluster.protocol.TextHash;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.options.Audience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
 * Stores the last retained event of each topic of a realm, for routers that begin later or have missed it. The others have got it as an
 * event: what is stored while they are connected they retain 5 seconds later, if it has not come by then, so that no subscriber is told it
 * twice. That may happen only within 5 seconds after a router has begun or is connected again. What the store did not take is stored later,
 * unless a later event of the topic is. Events for certain receivers are not stored. Thread-safe.
 */
final class RetainedStore implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedStore.class);
    /** An event may be lost with a connection although it was stored so long before that was noticed, or is stored so long after it is back. */
    private static final Duration DOUBT = Duration.ofSeconds(5);

    /** How long an event that the store did not take waits; twice as long each time that it is not taken again, up to the most. */
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

    private static final Duration MOST_WAIT = Duration.ofSeconds(30);

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    /** An event that waits to be stored; {@code stored} completes then. */
    private record Waiting(SharedEvent event, CompletableFuture<Void> stored) {}

    /** An event that was stored a short time ago. */
    private record Recent(SharedEvent event, long nanos) {}

    /** What the store has of a topic: the order of the event among retained ones, as {@link SharedEvent} says. */
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
    /** Guarded by this, as the next ones. */
    private final Map<String, Stored> storedByKey = new HashMap<>();

    /** The last event of each topic that the store did not take. */
    private final Map<String, SharedEvent> untakenByKey = new HashMap<>();

    private Duration wait = LEAST_WAIT;
    private boolean isUntakenTimed;

    /** The last event of each topic, by key, the latest last. */
    private final Map<String, Recent> recentByKey = new LinkedHashMap<>();

    private boolean isRecentTimed;
    private boolean isClosed;
    private boolean isReading = true;
    /** When the store was read last. */
    private long readNanos;

    private boolean isCaughtUp;
    private final Following following;

    RetainedStore(Engine engine, Timers timers, String realm, RealmPort port) {
        this.engine = engine;
        this.realm = realm;
        this.prefix = TextHash.token(realm) + ".";
        this.port = port;
        this.timers = timers;
        this.records = engine.records(Store.RETAINED);
        this.following = records.follow(this);
    }

    void close() {
        synchronized (this) {
            isClosed = true;
        }
        following.close();
    }

    /** Whether what was stored when this router began is retained here. */
    synchronized boolean isCaughtUp() {
        return isCaughtUp;
    }

    /** Stores an event with the next {@link #flush}, if it is retained and for all subscribers. */
    void add(SharedEvent event) {
        addConfirmed(event);
    }

    /** Stores an event as {@link #add}; completes when it, or a later one of the topic, is stored, at once if it is not to be stored. */
    CompletionStage<Void> addConfirmed(SharedEvent event) {
        if (event.isRetained()
                && event.receivers().audience().equals(Audience.ALL)
                && event.receivers().needed() == null) {
            CompletableFuture<Void> stored = new CompletableFuture<>();
            waiting.add(new Waiting(event, stored));
            return stored;
        }
        return DONE;
    }

    /** Stores what waits. */
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
        } catch (Unrepresentable problem) {
            LOG.warn("realm {}: a retained event is not stored: {}", realm, problem.getMessage());
            next.stored().completeExceptionally(problem);
            return;
        }
        byte[] row = body.toBytes();
        String key = prefix + TextHash.token(event.topic().text());
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

    /** Tries again to store what the store did not take, one attempt at a time. */
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

    /** Takes what was read, whatever was known before. */
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
        if (event != null && !isRecent(entry.key(), event)) {
            port.retain(event);
        }
    }

    /** Whether the event comes, or has come, on the lane for events, if it is not lost there. */
    private boolean isRecent(String key, SharedEvent event) {
        boolean isTimed;
        synchronized (this) {
            long now = timers.nanos();
            if (isReading || now - readNanos < DOUBT.toNanos()) {
                return false;
            }
            recentByKey.remove(key);
            recentByKey.put(key, new Recent(event, now));
            isTimed = isRecentTimed;
            isRecentTimed = true;
        }
        if (!isTimed) {
            timers.after(DOUBT, this::retainRecent);
        }
        return true;
    }

    /** Retains what would have come by now: that changes nothing where it has. */
    private void retainRecent() {
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
            isRecentTimed = nextNanos > 0 && !isClosed;
            if (isClosed) {
                return;
            }
        }
        due.forEach(port::retain);
        if (nextNanos > 0) {
            timers.after(Duration.ofNanos(nextNanos), this::retainRecent);
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

    private @Nullable SharedEvent read(Entry entry) {
        try {
            BodyReader body = new BodyReader(entry.value());
            if (body.text().equals(realm)) {
                return SharedEvents.read(body);
            }
        } catch (InvalidBody invalid) {
            LOG.warn("realm {}: ignores the retained event {}: {}", realm, entry.key(), invalid.getMessage());
        }
        return null;
    }

    @Override
    public synchronized void onDeleted(String key, long revision) {
        storedByKey.remove(key);
    }

    @Override
    public synchronized void onMadeAnew() {
        storedByKey.clear();
    }

    @Override
    public synchronized void onCaughtUp(long revision) {
        isReading = false;
        readNanos = timers.nanos();
        isCaughtUp = true;
    }
}
