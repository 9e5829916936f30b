package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Follower;
import io.junctor.cluster.engine.Following;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.CalleeRow;
import io.junctor.cluster.protocol.InvalidBody;
import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.router.cluster.Claim;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registrations of a realm on all routers. A procedure has a <em>record</em>, which routers change by compare-and-set and which decides
 * who may be a callee; each callee has a <em>row</em>, which its router alone writes. All routers follow both in one order. A callee is
 * admitted when its row comes back. Thread-safe.
 */
final class SharedRegistry implements Follower {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRegistry.class);
    /** How long a session waits while another router is about to register or release the procedure. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How long a call waits for callees of which this router was not told yet. */
    private static final Duration CALLEES_PATIENCE = Duration.ofSeconds(2);

    /** A step that is done. */
    private static final CompletionStage<Boolean> DONE = CompletableFuture.completedFuture(true);

    private final String realm;
    private final long router;
    private final RealmPort port;
    private final Timers timers;
    private final Supplier<CompletionStage<Void>> reachable;
    private final Records records;
    private final RegistryKeys keys;
    private final RegistryTable table = new RegistryTable();
    private final KeySequence steps = new KeySequence();
    private final Following following;
    private volatile boolean caughtUp;

    /** @param reachable completes when invocations of other routers arrive; a callee is registered after that */
    SharedRegistry(
            Engine engine, Timers timers, String realm, RealmPort port, Supplier<CompletionStage<Void>> reachable) {
        this.reachable = reachable;
        this.realm = realm;
        this.router = engine.router().value();
        this.port = port;
        this.timers = timers;
        this.records = engine.records(Store.REGISTRY);
        this.keys = new RegistryKeys(realm);
        this.following = records.follow(this);
    }

    void close() {
        following.close();
    }

    /** Whether all callees are known that other routers had registered when this one began. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    // ---- Callees of this router.

    /** Registers a callee of this router after everything that this router does about the procedure. */
    void register(SharedCallee callee, boolean replaces, Claim claim) {
        String key = keys.record(callee.register());
        steps.run(key, () -> reachable.get().thenCompose(known -> claim(key, callee, replaces, claim)));
    }

    private CompletionStage<Boolean> claim(String key, SharedCallee callee, boolean replaces, Claim claim) {
        long seen = table.changes();
        RegistryTable.Known known = table.known(key);
        ProcedureRecord next = next(key, known, callee, replaces, claim);
        if (next == null) {
            decideAnew(key, seen, claim);
            return DONE;
        }
        if (known != null && next.equals(known.record())) {
            return addRow(key, callee.in(next.registration()), claim);
        }
        CompletionStage<Written> written = known == null
                ? records.create(key, next.toBytes())
                : records.replace(key, next.toBytes(), known.revision());
        return written.thenCompose(outcome -> switch (outcome) {
            case Written.Accepted accepted -> {
                table.note(key, next, accepted.revision());
                yield addRow(key, callee.in(next.registration()), claim);
            }
            case Written.Conflict conflict -> reread(key).thenCompose(read -> claim(key, callee, replaces, claim));
            case Written.Unknown unknown -> {
                claim.fail("the routers could not agree on the registration: " + unknown.reason());
                yield DONE;
            }
        });
    }

    /** The record that admits the callee, or null if the present one does not. */
    private @Nullable ProcedureRecord next(
            String key, RegistryTable.@Nullable Known known, SharedCallee callee, boolean replaces, Claim claim) {
        ProcedureRecord fresh = ProcedureRecord.of(callee.register(), claim.newRegistration(), router);
        if (known == null || replaces) {
            return fresh;
        }
        ProcedureRecord record = known.record();
        if (record.admits(callee.register().options())) {
            return table.hasCallee(key, callee.session()) ? null : record.with(router);
        }
        boolean isLeftover = record.routers().stream().allMatch(holder -> holder == router) && !table.hasCallees(key);
        return isLeftover ? fresh : null;
    }

    /** Reads the record after another router changed it. */
    private CompletionStage<Boolean> reread(String key) {
        return records.read(key).handle((entry, failure) -> {
            if (entry != null && entry.isPresent()) {
                note(entry.get());
            } else if (failure == null) {
                table.forget(key);
            }
            return true;
        });
    }

    private CompletionStage<Boolean> addRow(String key, SharedCallee callee, Claim claim) {
        byte[] row;
        try {
            row = CalleeRow.toBytes(realm, callee);
        } catch (Unrepresentable problem) {
            claim.fail("the routers cannot pass the options on: " + problem.getMessage());
            return DONE;
        }
        String rowKey = keys.row(callee);
        table.addOwn(key, rowKey, claim);
        return records.put(rowKey, row).thenCompose(outcome -> {
            if (outcome instanceof Written.Accepted) {
                return DONE;
            }
            Claim waiting = table.takeClaim(rowKey);
            if (waiting != null) {
                waiting.fail("the routers do not know whether the callee is registered: the store does not answer");
            }
            return leave(key, rowKey, callee.registration());
        });
    }

    /** Has the claim decided again: at once if the callees that it conflicts with are known, else when something changes. */
    private void decideAnew(String key, long seen, Claim claim) {
        await(
                key,
                seen,
                claim::decideAnew,
                PATIENCE,
                () -> claim.fail(
                        "another router is registering or releasing the procedure, and does not come to an end"));
    }

    /** Releases a callee of this router after everything that this router does about the procedure. */
    void release(SharedCallee callee, Runnable released) {
        String key = keys.record(callee.register());
        steps.run(
                key,
                () -> leave(key, keys.row(callee), callee.registration())
                        .whenComplete((done, failure) -> released.run()));
    }

    private CompletionStage<Boolean> leave(String key, String rowKey, long registration) {
        return records.remove(rowKey).thenCompose(removed -> {
            boolean isLast = table.removeOwn(key, rowKey);
            return isLast ? leaveRecord(key, registration) : DONE;
        });
    }

    /** Takes this router out of the record; the record ends with the last router. */
    private CompletionStage<Boolean> leaveRecord(String key, long registration) {
        RegistryTable.Known known = table.known(key);
        if (known == null || known.record().registration() != registration) {
            return DONE;
        }
        ProcedureRecord left = known.record().without(router);
        CompletionStage<Written> written = left.routers().isEmpty()
                ? records.delete(key, known.revision())
                : records.replace(key, left.toBytes(), known.revision());
        return written.thenCompose(outcome -> {
            if (outcome instanceof Written.Conflict) {
                return reread(key).thenCompose(read -> leaveRecord(key, registration));
            }
            if (outcome instanceof Written.Accepted accepted) {
                if (left.routers().isEmpty()) {
                    table.forget(key);
                } else {
                    table.note(key, left, accepted.revision());
                }
            }
            return DONE;
        });
    }

    /** Runs {@code action} when the callees are known that the procedure has now. */
    void whenCalleesKnown(Uri procedure, Runnable action) {
        String key = keys.record(procedure);
        long seen = table.changes();
        records.read(key).whenComplete((entry, failure) -> {
            boolean isRegistered = failure == null && entry.isPresent();
            if (isRegistered && !table.hasCallees(key)) {
                await(key, seen, () -> whenCalleesKnown(procedure, action), CALLEES_PATIENCE, action);
            } else {
                action.run();
            }
        });
    }

    /**
     * Runs {@code action} when the procedure has callees here or something about it changes, or {@code otherwise} after some time.
     *
     * @param seen how many changes were seen before the decision to wait
     */
    private void await(String key, long seen, Runnable action, Duration patience, Runnable otherwise) {
        RegistryTable.Waiter waiter = new RegistryTable.Waiter(action);
        table.await(key, waiter);
        waiter.patience = timers.after(patience, () -> {
            if (table.remove(key, waiter)) {
                otherwise.run();
            }
        });
        boolean isLate = table.hasCallees(key) || table.changes() != seen;
        if (isLate && table.remove(key, waiter)) {
            waiter.run();
        }
    }

    // ---- What all routers follow.

    @Override
    public void onEntry(Entry entry) {
        try {
            if (keys.isRecord(entry.key())) {
                note(entry);
                table.takeWaiters(entry.key()).forEach(RegistryTable.Waiter::run);
            } else if (keys.isRow(entry.key())) {
                onRow(entry.key(), CalleeRow.of(realm, entry.value()));
            }
        } catch (InvalidBody invalid) {
            LOG.warn("realm {}: ignores the entry {} of the registry: {}", realm, entry.key(), invalid.getMessage());
        }
    }

    private void note(Entry entry) {
        ProcedureRecord record = ProcedureRecord.of(entry.value());
        table.note(entry.key(), record, entry.revision());
        table.takeStale(entry.key(), record.registration()).forEach(records::remove);
    }

    private void onRow(String rowKey, SharedCallee callee) {
        String key = keys.record(callee.register());
        RegistryTable.Known known = table.known(key);
        Claim claim = table.takeClaim(rowKey);
        if (known == null || known.record().registration() != callee.registration()) {
            if (claim != null) {
                // Another session has replaced the registration meanwhile.
                table.removeOwn(key, rowKey);
                records.remove(rowKey);
                claim.decideAnew();
            }
            return;
        }
        // In this order: who sees the row finds the callee admitted.
        port.admit(callee);
        table.addRow(key, rowKey, callee);
        table.takeWaiters(key).forEach(RegistryTable.Waiter::run);
    }

    @Override
    public void onDeleted(String key, long revision) {
        if (keys.isRecord(key)) {
            table.forgetUntil(key, revision);
            table.takeWaiters(key).forEach(RegistryTable.Waiter::run);
        } else if (keys.isRow(key)) {
            SharedCallee callee = table.removeRow(key);
            if (callee != null) {
                if (callee.router() != router) {
                    port.dismiss(callee);
                }
                table.takeWaiters(keys.record(callee.register())).forEach(RegistryTable.Waiter::run);
            }
        }
    }

    @Override
    public void onCaughtUp(long revision) {
        caughtUp = true;
    }
}
