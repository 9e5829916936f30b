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
import java.util.ArrayDeque;
import java.util.Deque;
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
 * Stores the last retained event of each topic of a realm, for routers that begin later or have missed it. The others have got it as an
 * event: what is stored while they are connected they ignore, so that no subscriber is told it twice. That may happen only within 5
 * seconds after a router has begun or is connected again. Events for certain receivers are not stored. Thread-safe.
 */
final class RetainedStore implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedStore.class);
    /** An event may be lost with a connection although it was stored so long before that was noticed, or is stored so long after it is back. */
    private static final Duration DOUBT = Duration.ofSeconds(5);

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    /** An event that waits to be stored; {@code stored} completes then. */
    private record Waiting(SharedEvent event, CompletableFuture<Void> stored) {}

    /** An event that was stored a short time ago. */
    private record Recent(SharedEvent event, long nanos) {}

    private final String realm;
    private final String prefix;
    private final RealmPort port;
    private final Timers timers;
    private final Records records;
    private final KeySequence steps = new KeySequence();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    /** Guarded by this, as the next ones. */
    private final Map<String, Long> revisionByKey = new HashMap<>();

    private final Deque<Recent> recent = new ArrayDeque<>();
    private boolean isReading = true;
    /** When the store was read last. */
    private long readNanos;

    private boolean isCaughtUp;
    private final Following following;

    RetainedStore(Engine engine, Timers timers, String realm, RealmPort port) {
        this.realm = realm;
        this.prefix = TextHash.token(realm) + ".";
        this.port = port;
        this.timers = timers;
        this.records = engine.records(Store.RETAINED);
        this.following = records.follow(this);
    }

    void close() {
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
                        next.stored().complete(null);
                    } else {
                        LOG.warn("realm {}: a retained event may not be stored: {}", realm, failure.getMessage());
                        next.stored().completeExceptionally(failure);
                    }
                }));
    }

    private CompletionStage<Void> write(String key, SharedEvent event, byte[] row) {
        Long revision = revision(key);
        CompletionStage<Written> written =
                revision == null ? records.create(key, row) : records.replace(key, row, revision);
        return written.thenCompose(outcome -> switch (outcome) {
            case Written.Accepted accepted -> {
                note(key, accepted.revision());
                yield DONE;
            }
            case Written.Conflict conflict ->
                records.read(key)
                        .thenCompose(found -> found.isEmpty() || isOlder(found.get(), event)
                                ? again(
                                        key,
                                        event,
                                        row,
                                        found.map(Entry::revision).orElse(null))
                                : DONE);
            case Written.Unknown unknown ->
                CompletableFuture.failedFuture(
                        new EngineException("the store did not take the retained event: " + unknown.reason(), true));
        });
    }

    private CompletionStage<Void> again(String key, SharedEvent event, byte[] row, @Nullable Long revision) {
        synchronized (this) {
            if (revision == null) {
                revisionByKey.remove(key);
            } else {
                revisionByKey.put(key, revision);
            }
        }
        return write(key, event, row);
    }

    private boolean isOlder(Entry stored, SharedEvent event) {
        SharedEvent known = read(stored);
        return known == null
                || known.retention() < event.retention()
                || (known.retention() == event.retention() && known.publication() < event.publication());
    }

    private synchronized @Nullable Long revision(String key) {
        return revisionByKey.get(key);
    }

    private synchronized void note(String key, long revision) {
        revisionByKey.merge(key, revision, Math::max);
    }

    @Override
    public void onEntry(Entry entry) {
        if (!entry.key().startsWith(prefix)) {
            return;
        }
        note(entry.key(), entry.revision());
        SharedEvent event = read(entry);
        if (event != null && !isRecent(event)) {
            port.retain(event);
        }
    }

    /** Whether the event comes, or has come, on the lane for events. */
    private synchronized boolean isRecent(SharedEvent event) {
        long now = timers.nanos();
        if (isReading || now - readNanos < DOUBT.toNanos()) {
            return false;
        }
        recent.addLast(new Recent(event, now));
        while (now - recent.getFirst().nanos() > DOUBT.toNanos()) {
            recent.removeFirst();
        }
        return true;
    }

    /** The connection is lost: what was stored a short time ago, or is stored from now on, may not have come as an event. */
    void onDisconnected() {
        List<Recent> doubtful;
        synchronized (this) {
            isReading = true;
            doubtful = List.copyOf(recent);
            recent.clear();
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
        revisionByKey.remove(key);
    }

    @Override
    public synchronized void onCaughtUp(long revision) {
        isReading = false;
        readNanos = timers.nanos();
        isCaughtUp = true;
    }
}
