package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Takes callees of this router out of the registry: their rows, and this router's part of the records. Thread-safe. */
final class RegistryReleases {
    private static final Duration RETRY = Duration.ofMillis(500);
    /** A step that is done. */
    private static final CompletionStage<Boolean> DONE = CompletableFuture.completedFuture(true);

    /**
     * What claims and releases share.
     *
     * @param steps the steps of this router for each procedure
     * @param reread reads a record after another router changed it
     * @param isConnected whether the store may answer
     */
    record Context(KeySequence steps, Function<String, CompletionStage<Boolean>> reread, BooleanSupplier isConnected) {}

    private final RegistryKeys keys;
    private final long router;
    private final Records records;
    private final RegistryTable table;
    private final Timers timers;
    private final Context context;

    RegistryReleases(
            RegistryKeys keys, long router, Records records, RegistryTable table, Timers timers, Context context) {
        this.keys = keys;
        this.router = router;
        this.records = records;
        this.table = table;
        this.timers = timers;
        this.context = context;
    }

    /** Releases a callee of this router when the earlier steps of this router for the procedure have ended. */
    void release(SharedCallee callee, Runnable released) {
        String key = keys.record(callee.register());
        context.steps.run(
                key,
                () -> leave(key, keys.row(callee), callee.registration())
                        .whenComplete((done, failure) -> released.run()));
    }

    CompletionStage<Boolean> leave(String key, String rowKey, long registration) {
        // Before the row: its deletion may be told before the answer comes, and this callee is not to be restored.
        table.removeOwn(key, rowKey);
        return removeRow(key, rowKey).thenCompose(removed -> leaveRecordIfLast(key, registration));
    }

    /** Removes the row of a callee that is gone; if the store does not tell whether it did, again until it does. */
    CompletionStage<Boolean> removeRow(String key, String rowKey) {
        return records.remove(rowKey).thenCompose(removed -> {
            if (!(removed instanceof Written.Accepted)) {
                later(() ->
                        context.steps.run(key, () -> table.own(key, rowKey) == null ? removeRow(key, rowKey) : DONE));
            }
            return DONE;
        });
    }

    /** Without a connection nothing is to be done: what is left is found when it is back. */
    private void later(Runnable step) {
        timers.after(RETRY, () -> {
            if (context.isConnected.getAsBoolean()) {
                step.run();
            }
        });
    }

    CompletionStage<Boolean> leaveRecordIfLast(String key, long registration) {
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
        CompletionStage<Written> written = left.routers().isEmpty()
                ? records.delete(key, known.revision())
                : records.replace(key, left.toBytes(), known.revision());
        return written.thenCompose(outcome -> {
            if (outcome instanceof Written.Conflict) {
                return context.reread.apply(key).thenCompose(isRead -> leaveRecord(key, registration));
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
        context.steps.run(key, () -> {
            RegistryTable.Known known = table.known(key);
            return known == null || table.hasOwn(key)
                    ? DONE
                    : leaveRecord(key, known.record().registration());
        });
    }
}
