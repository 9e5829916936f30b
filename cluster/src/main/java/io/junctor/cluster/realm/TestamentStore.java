package io.junctor.cluster.realm;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBody;
import io.junctor.cluster.protocol.SharedEvents;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.wamp.codec.Unrepresentable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Stores the testaments of this router's sessions, of all realms, for the router that clears up if this one fails: a record for each
 * session, {@code ROUTER.SESSION}. Thread-safe.
 */
final class TestamentStore {
    /** The testaments of a session. */
    record Of(String realm, List<SharedEvent> events) {}

    private final Records records;
    private final String prefix;
    private final KeySequence steps = new KeySequence();
    /** The records that exist, or are being written. Guarded by this. */
    private final Set<String> keys = new HashSet<>();

    TestamentStore(Records records, RouterId router) {
        this.records = records;
        this.prefix = prefix(router);
    }

    /** How the keys of a router's sessions begin. */
    static String prefix(RouterId router) {
        return Long.toHexString(router.value()) + ".";
    }

    CompletionStage<Void> keep(String realm, long session, List<SharedEvent> testaments) {
        String key = prefix + session;
        if (!changes(key, testaments.isEmpty())) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            byte[] record = bytes(realm, testaments);
            steps.run(
                    key,
                    () -> (testaments.isEmpty() ? records.remove(key) : records.put(key, record))
                            .whenComplete((written, failure) -> complete(done, written, failure)));
        } catch (Unrepresentable problem) {
            done.completeExceptionally(
                    new EngineException("the routers cannot keep a testament: " + problem.getMessage(), false));
        }
        return done;
    }

    /** Whether there is something to store, or to remove. */
    private synchronized boolean changes(String key, boolean isRemoved) {
        if (isRemoved) {
            return keys.remove(key);
        }
        keys.add(key);
        return true;
    }

    private static void complete(CompletableFuture<Void> done, @Nullable Written written, @Nullable Throwable failure) {
        if (failure == null && written instanceof Written.Accepted) {
            done.complete(null);
        } else {
            done.completeExceptionally(new EngineException(
                    "the testament is kept by this router only: the store of the cluster does not answer", true));
        }
    }

    private static byte[] bytes(String realm, List<SharedEvent> testaments) throws Unrepresentable {
        BodyWriter body = new BodyWriter().text(realm);
        for (SharedEvent testament : testaments) {
            SharedEvents.write(body, testament);
        }
        return body.toBytes();
    }

    /**
     * Reads a record.
     *
     * @throws InvalidBody if it has another form
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
