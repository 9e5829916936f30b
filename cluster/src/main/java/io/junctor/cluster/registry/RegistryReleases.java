package io.junctor.cluster.registry;

import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Takes callees of this router out of the registry: their rows, and this router out of the records. Thread-safe. */
final class RegistryReleases {
    private static final Duration RETRY = Duration.ofMillis(500);
    /** A step that is done. */
    private static final CompletionStage<Boolean> DONE = CompletableFuture.completedFuture(true);

    private final RegistryStore store;
    private final long router;
    private final RegistryKeys keys;
    private final RegistryTable table;
    private final Timers timers;
    private final BooleanSupplier isConnected;
    /** The rows that the store has not confirmed to be removed, with the keys of their records. */
    private final Map<String, String> unremoved = new ConcurrentHashMap<>();

    /** @param isConnected whether the store may answer; when it may again, {@link #removeLeftovers} is called */
    RegistryReleases(
            RegistryStore store,
            long router,
            RegistryKeys keys,
            RegistryTable table,
            Timers timers,
            BooleanSupplier isConnected) {
        this.store = store;
        this.router = router;
        this.keys = keys;
        this.table = table;
        this.timers = timers;
        this.isConnected = isConnected;
    }

    /** Releases a callee of this router when the earlier steps of this router for the procedure have ended. */
    void release(SharedCallee callee, Runnable released) {
        String key = keys.record(callee.register());
        store.run(key, () -> leave(callee).whenComplete((done, failure) -> released.run()));
    }

    /** Takes a callee of this router out. */
    CompletionStage<Boolean> leave(SharedCallee callee) {
        String key = keys.record(callee.register());
        // Before its entry: the deletion may be told before the answer comes, and this callee is not to be restored.
        table.removeOwn(key, keys.id(callee));
        return RegistryKeys.isHolder(callee)
                ? leaveRecord(key, callee.registration())
                : removeRow(key, keys.row(callee))
                        .thenCompose(removed -> leaveRecordIfLast(key, callee.registration()));
    }

    /**
     * Removes a row that no callee of this router has, when the earlier steps of this router for the procedure have ended. Does nothing if a
     * callee has the row by then.
     */
    void removeLeftoverRow(String key, String rowKey) {
        store.run(key, () -> {
            if (table.own(key, rowKey) == null) {
                return removeRow(key, rowKey);
            }
            unremoved.remove(rowKey);
            return DONE;
        });
    }

    /** Removes the rows of callees whose registration was replaced by {@code registration}. */
    void removeReplaced(String key, long registration) {
        table.takeStale(key, registration).stream()
                .filter(own -> !own.isHolder())
                .forEach(own -> removeLeftoverRow(key, own.id()));
    }

    /** Removes all that is stored for this router and that no callee of it needs. Called after the store was read. */
    void removeLeftovers() {
        table.superfluous(router).forEach(store::removeRow);
        table.leftovers(router).forEach(this::leave);
        unremoved.forEach((rowKey, key) -> removeLeftoverRow(key, rowKey));
    }

    /** Removes the row of a callee that is gone. Repeats this until the store confirms it, except while there is no connection. */
    CompletionStage<Boolean> removeRow(String key, String rowKey) {
        unremoved.put(rowKey, key);
        return store.removeRow(rowKey).thenCompose(removed -> {
            if (removed instanceof Written.Accepted) {
                unremoved.remove(rowKey);
            } else {
                later(() -> removeLeftoverRow(key, rowKey));
            }
            return DONE;
        });
    }

    /** Runs {@code step} after a pause, if there is a connection. Without one, the leftovers are found when it is back. */
    private void later(Runnable step) {
        timers.after(RETRY, () -> {
            if (isConnected.getAsBoolean()) {
                step.run();
            }
        });
    }

    private CompletionStage<Boolean> leaveRecordIfLast(String key, long registration) {
        return table.hasOwn(key) ? DONE : leaveRecord(key, registration);
    }

    /** Takes this router out of the record; the record ends with the last router. */
    private CompletionStage<Boolean> leaveRecord(String key, long registration) {
        RegistryTable.Known known = table.known(key);
        if (known == null
                || known.record().registration() != registration
                || !known.record().routers().contains(router)) {
            return DONE;
        }
        ProcedureRecord left = known.record().without(router);
        CompletionStage<Written> written =
                left.routers().isEmpty() ? store.delete(key, known) : store.write(key, known, left.toBytes());
        return written.thenCompose(outcome -> {
            if (outcome instanceof Written.Conflict) {
                return store.reread(key).thenCompose(isRead -> leaveRecord(key, registration));
            }
            if (outcome instanceof Written.Accepted accepted) {
                if (left.routers().isEmpty()) {
                    table.forget(key);
                } else {
                    table.note(key, left, accepted.revision());
                }
            } else {
                later(() -> leave(key));
            }
            return DONE;
        });
    }

    /** Takes this router out of a record that none of its callees needs. */
    void leave(String key) {
        store.run(key, () -> {
            RegistryTable.Known known = table.known(key);
            return known == null || table.hasOwn(key)
                    ? DONE
                    : leaveRecord(key, known.record().registration());
        });
    }
}
