package io.junctor.cluster.registry;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.ProcedureRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes a router that is dead or stops from the registry, in all realms: deletes the rows of its callees, and removes the router from the
 * records of procedures. Thread-safe.
 */
public final class RegistrySweep {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrySweep.class);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private static final int MOST_TRIES = 20;

    private final Records records;
    private final RouterId router;

    private RegistrySweep(Records records, RouterId router) {
        this.records = records;
        this.router = router;
    }

    /**
     * Reads the registry and removes the entries of {@code router}.
     *
     * @param records the store of the registry
     * @return completes when the registry contains nothing of the router; fails with an {@link EngineException} if the store does not answer
     */
    public static CompletionStage<Void> of(Records records, RouterId router) {
        RegistrySweep sweep = new RegistrySweep(records, router);
        return records.list(RegistryKeys.rowsOf(router.value()))
                .thenCompose(sweep::remove)
                .thenCompose(removed -> records.list(RegistryKeys.RECORDS))
                .thenCompose(sweep::withdraw);
    }

    /** Removes the rows. From then on no call goes to the callees of the router, and the next callee can take over a record that has no rows. */
    private CompletionStage<Void> remove(List<Entry> rows) {
        return each(rows, row -> records.remove(row.key()).thenCompose(written -> checked(row.key(), written)));
    }

    private CompletionStage<Void> withdraw(List<Entry> found) {
        return each(found, entry -> withdraw(entry, MOST_TRIES));
    }

    private static CompletableFuture<Void> each(List<Entry> found, Function<Entry, CompletionStage<Void>> change) {
        return CompletableFuture.allOf(found.stream()
                .map(entry -> change.apply(entry).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private static CompletionStage<Void> checked(String key, Written written) {
        return written instanceof Written.Unknown unknown
                ? CompletableFuture.failedFuture(new EngineException(key + ": " + unknown.reason(), true))
                : DONE;
    }

    private CompletionStage<Void> withdraw(Entry entry, int tries) {
        ProcedureRecord record;
        try {
            record = ProcedureRecord.of(entry.value());
        } catch (InvalidBodyException invalid) {
            LOG.warn("ignores the entry {} of the registry: {}", entry.key(), invalid.getMessage());
            return DONE;
        }
        if (!record.routers().contains(router.value())) {
            return DONE;
        }
        ProcedureRecord left = record.without(router.value());
        CompletionStage<Written> change = left.routers().isEmpty()
                ? records.delete(entry.key(), entry.revision())
                : records.replace(entry.key(), left.toBytes(), entry.revision());
        return change.thenCompose(written -> written instanceof Written.Conflict && tries > 0
                ? reread(entry.key(), tries - 1)
                : checked(entry.key(), written));
    }

    private CompletionStage<Void> reread(String key, int tries) {
        return records.read(key).thenCompose(found -> found.isPresent() ? withdraw(found.get(), tries) : DONE);
    }
}
