package io.junctor.cluster.realm;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.membership.ExclusiveRight;
import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.SharedEvents;
import io.junctor.cluster.registry.KeySequence;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.UnrepresentableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stores the events that are to be published for this router's sessions, of all realms, if this router fails: one record for each session, with
 * the key {@code ROUTER.SESSION}. A change that the store did not accept is retried until the store accepts it. A router that may have been
 * declared dead stores nothing, because the others may already have cleared up after it. Thread-safe.
 */
final class TestamentStore {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Pattern KEY = Pattern.compile("([0-9a-f]{1,16})\\..+");
    private static final CompletionStage<Boolean> DONE = CompletableFuture.completedFuture(true);
    /** Stands for a change that was written. */
    private static final Change STORED = new Change("", null);

    /** The events to publish for a session, in this order. */
    record Of(String realm, List<SharedEvent> events) {}

    private final Records records;
    private final Timers timers;
    private final String prefix;
    private final ExclusiveRight right;
    private final KeySequence steps = new KeySequence();
    /** The last change of each record that exists or may exist. Guarded by this. */
    private final Map<String, Change> lastByKey = new HashMap<>();
    /** The actions that announce ends of sessions, and wait until this router may announce them. */
    private final Set<Runnable> untold = ConcurrentHashMap.newKeySet();

    /** A change of a record; if the value is null, the record is removed. */
    private static final class Change {
        final String key;
        final byte @Nullable [] value;

        Change(String key, byte @Nullable [] value) {
            this.key = key;
            this.value = value;
        }
    }

    /** @param right while {@code router} does not hold this right, it may have been declared dead */
    TestamentStore(Records records, Timers timers, RouterId router, ExclusiveRight right) {
        this.records = records;
        this.timers = timers;
        this.prefix = prefix(router);
        this.right = right;
    }

    /** The prefix of the keys of a router's sessions. */
    static String prefix(RouterId router) {
        return Long.toHexString(router.value()) + ".";
    }

    /** The router of the session that a key names; empty if the key has another form. */
    static OptionalLong router(String key) {
        Matcher parts = KEY.matcher(key);
        return parts.matches() ? OptionalLong.of(Long.parseUnsignedLong(parts.group(1), 16)) : OptionalLong.empty();
    }

    /** Stores the events that are to be published for a session; they replace the events stored before. */
    CompletionStage<Void> keep(String realm, long session, List<SharedEvent> events) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            Change change = new Change(prefix + session, events.isEmpty() ? null : bytes(realm, events));
            if (note(change)) {
                steps.run(
                        change.key,
                        () -> write(change).whenComplete((written, failure) -> complete(done, written, failure)));
            } else {
                done.complete(null);
            }
        } catch (UnrepresentableException problem) {
            done.completeExceptionally(
                    new EngineException("the routers cannot keep a testament: " + problem.getMessage(), false));
        }
        return done;
    }

    /**
     * Runs {@code action}, which announces that a session has ended, as soon as it is confirmed that the others have not declared this router
     * dead; after 5 seconds at the latest, but never after {@link #handOver}.
     */
    void whenTrusted(Runnable action) {
        untold.add(action);
        Runnable told = () -> {
            if (untold.remove(action)) {
                action.run();
            }
        };
        right.whenHeld(told, told);
    }

    /**
     * Lets another router announce the ends of sessions that this router has not announced. The other router has to clear up after this router
     * as after a dead one.
     *
     * @return whether there are such sessions; completes when the store has answered to all changes, so that it contains the testaments of
     *     these sessions, and none of sessions whose end was announced
     */
    CompletionStage<Boolean> handOver() {
        if (untold.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        untold.clear();
        List<Change> unwritten;
        synchronized (this) {
            unwritten = lastByKey.values().stream()
                    .filter(change -> change != STORED)
                    .toList();
        }
        return CompletableFuture.allOf(unwritten.stream()
                        .map(change -> change.value == null
                                ? records.remove(change.key)
                                : records.put(change.key, change.value))
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture<?>[]::new))
                .handle((written, failure) -> true);
    }

    /** Notes the last change of a record; returns whether there is something to store or to remove. */
    private synchronized boolean note(Change change) {
        if (change.value == null && !lastByKey.containsKey(change.key)) {
            return false;
        }
        lastByKey.put(change.key, change);
        return true;
    }

    private CompletionStage<Written> write(Change change) {
        byte[] value = change.value;
        return (value == null ? records.remove(change.key) : put(change.key, value))
                .whenComplete((written, failure) -> {
                    if (failure == null && written instanceof Written.Accepted) {
                        onWritten(change);
                    } else {
                        timers.after(RETRY, () -> steps.run(change.key, () -> writeAgain(change)));
                    }
                });
    }

    private CompletionStage<Written> put(String key, byte[] value) {
        CompletableFuture<CompletionStage<Written>> begun = new CompletableFuture<>();
        right.whenHeld(
                () -> begun.complete(records.put(key, value)),
                () -> begun.complete(CompletableFuture.completedFuture(
                        new Written.Unknown("the others may have declared this router dead"))));
        return begun.thenCompose(written -> written);
    }

    private synchronized void onWritten(Change change) {
        if (lastByKey.get(change.key) == change) {
            lastByKey.computeIfPresent(change.key, (same, last) -> change.value == null ? null : STORED);
        }
    }

    /** Writes a change that the store may not have accepted, unless there is a later change of the record. */
    private CompletionStage<?> writeAgain(Change change) {
        boolean isLast;
        synchronized (this) {
            isLast = lastByKey.get(change.key) == change;
        }
        return isLast ? write(change) : DONE;
    }

    private static void complete(CompletableFuture<Void> done, @Nullable Written written, @Nullable Throwable failure) {
        if (failure == null && written instanceof Written.Accepted) {
            done.complete(null);
        } else {
            done.completeExceptionally(new EngineException(
                    "the testament is kept by this router only: the store of the cluster does not answer", true));
        }
    }

    private static byte[] bytes(String realm, List<SharedEvent> events) throws UnrepresentableException {
        BodyWriter body = new BodyWriter().text(realm);
        for (SharedEvent event : events) {
            SharedEvents.write(body, event);
        }
        return body.toBytes();
    }

    /**
     * Reads a record.
     *
     * @throws InvalidBodyException if it has another form
     */
    static Of read(Entry entry) {
        BodyReader body = new BodyReader(entry.value());
        String realm = body.text();
        List<SharedEvent> events = new ArrayList<>();
        while (!body.isAtEnd()) {
            events.add(SharedEvents.read(body));
        }
        return new Of(realm, events);
    }
}
