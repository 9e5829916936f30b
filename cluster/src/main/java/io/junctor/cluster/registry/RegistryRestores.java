package io.junctor.cluster.registry;

import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.wamp.codec.UnrepresentableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Stores callees of this router again that the store lacks, as it was wiped, was not reachable when they were registered, or holds an entry of
 * another router. Thread-safe.
 */
final class RegistryRestores {
    /** A step that is done. */
    private static final CompletionStage<Boolean> DONE = CompletableFuture.completedFuture(true);

    private final RegistryStore store;
    private final long router;
    private final RegistryTable table;
    private final RegistryReleases releases;
    private final Consumer<SharedCallee> lost;

    /** @param lost is told each callee of this router that has lost its procedure to one of another router; must not block */
    RegistryRestores(
            RegistryStore store,
            long router,
            RegistryTable table,
            RegistryReleases releases,
            Consumer<SharedCallee> lost) {
        this.store = store;
        this.router = router;
        this.table = table;
        this.releases = releases;
        this.lost = lost;
    }

    /** Restores all callees of this router. */
    void restoreAll() {
        table.missing(router).forEach(this::restore);
    }

    /**
     * Stores a callee of this router again if the store still lacks it. If another router registered the procedure earlier, the callee loses
     * the procedure instead.
     */
    void restore(RegistryTable.Own own) {
        store.run(own.key(), () -> restoreNow(own));
    }

    private CompletionStage<Boolean> restoreNow(RegistryTable.Own own) {
        if (!table.isMissing(own, router)) {
            return DONE;
        }
        SharedCallee callee = own.callee();
        RegistryTable.Known known = table.known(own.key());
        boolean isOther = known != null && known.record().registration() != callee.registration();
        if (known != null && isOther && !isOlder(own, known.record())) {
            table.removeOwn(own.key(), own.id());
            lost.accept(callee);
            return own.isHolder() ? DONE : releases.removeRow(own.key(), own.id());
        }
        ProcedureRecord next = known == null || isOther
                ? ProcedureRecord.of(callee.register(), callee.registration(), router, own.sinceMillis())
                : known.record().with(router);
        byte[] entry = entry(own, next);
        if (!own.isHolder() && known != null && next.equals(known.record())) {
            return store.putRow(own.id(), entry).thenCompose(written -> DONE);
        }
        byte[] record = own.isHolder() ? entry : next.toBytes();
        return store.write(own.key(), known, record).thenCompose(outcome -> switch (outcome) {
            case Written.Accepted accepted -> {
                table.note(own.key(), next, accepted.revision());
                yield own.isHolder() ? DONE : store.putRow(own.id(), entry).thenCompose(written -> DONE);
            }
            case Written.Conflict conflict ->
                store.reread(own.key()).thenCompose(isRead -> isRead ? restoreNow(own) : DONE);
            case Written.Unknown unknown -> DONE;
        });
    }

    /** The bytes in which a callee stands that was stored before. */
    private byte[] entry(RegistryTable.Own own, ProcedureRecord record) {
        try {
            return store.entry(own, record);
        } catch (UnrepresentableException known) {
            throw new IllegalStateException("a callee was registered that cannot be stored", known);
        }
    }

    /** Whether a callee of this router has registered the procedure before the one in the record, and will take it back. */
    boolean takesOver(String key) {
        RegistryTable.Known known = table.known(key);
        return known != null
                && table.owns(key).stream()
                        .anyMatch(own -> isOther(own, known.record()) && isOlder(own, known.record()));
    }

    private boolean isOther(RegistryTable.Own own, ProcedureRecord record) {
        return own.callee().registration() != record.registration()
                && !table.open().contains(own.id());
    }

    /** Whether the callee was registered before the procedure in the record, or the record is of this router only. */
    private boolean isOlder(RegistryTable.Own own, ProcedureRecord record) {
        return own.sinceMillis() < record.sinceMillis()
                || record.routers().stream().allMatch(holder -> holder == router);
    }
}
