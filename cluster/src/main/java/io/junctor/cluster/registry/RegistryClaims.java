package io.junctor.cluster.registry;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.CalleeEncoder;
import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.router.cluster.RegistrationClaim;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the callees of this router into the registry and takes them out: one step after the other for each procedure. Thread-safe.
 *
 * <p>Where the outcome of a write is unknown, the record is read until the store answers: the registration id in it tells whether
 * the write was made.
 */
final class RegistryClaims {
    /** How long it asks what became of a write. */
    private static final long PATIENCE_NANOS = 15_000_000_000L;

    private static final Duration RETRY = Duration.ofMillis(500);
    /** A step that is done. */
    private static final CompletionStage<Boolean> DONE = CompletableFuture.completedFuture(true);

    /** Is told what a claim found; must not block. */
    interface Listener {
        /** Takes a record that was read. */
        void note(Entry entry);

        /** Has a claim decided again when something about the procedure changes; at once if it has since {@link RegistryTable#changes} was {@code seen}. */
        void decideAnew(String key, long seen, RegistrationClaim claim);

        /** Whether the store may answer; when it may again, what is stored is compared with the callees of this router. */
        boolean isConnected();

        /** The record of a procedure was written, whose row may have come already. */
        void recorded(String key);

        /** A callee of this router is registered. */
        void registered(SharedCallee callee);

        /** A callee of this router has lost its procedure to one of another router. */
        void lost(SharedCallee callee);
    }

    /** A callee that wants a procedure. */
    private record Wish(String key, SharedCallee callee, boolean replaces, RegistrationClaim claim, long sinceNanos) {}

    /**
     * A record that is being written for a claim.
     *
     * @param written continues when the record is written
     * @param takeBack undoes what was done before that; returns false if the callee is admitted already
     */
    private record Attempt(
            Wish wish, ProcedureRecord record, Supplier<CompletionStage<Boolean>> written, BooleanSupplier takeBack) {}

    private final String realm;
    private final long router;
    private final Records records;
    private final RegistryKeys keys;
    private final RegistryTable table;
    private final Timers timers;
    private final Listener listener;
    private final KeySequence steps = new KeySequence();
    private final RegistryReleases releases;

    RegistryClaims(String realm, long router, Records records, RegistryTable table, Timers timers, Listener listener) {
        this.realm = realm;
        this.router = router;
        this.records = records;
        this.keys = new RegistryKeys(realm);
        this.table = table;
        this.timers = timers;
        this.listener = listener;
        this.releases = new RegistryReleases(
                keys,
                router,
                records,
                table,
                timers,
                new RegistryReleases.Context(steps, this::reread, listener::isConnected));
    }

    /** Takes callees of this router out of the registry. */
    RegistryReleases releases() {
        return releases;
    }

    /** Registers a callee of this router when the earlier steps of this router for the procedure have ended, and then {@code ready} has. */
    void register(
            SharedCallee callee, boolean replaces, RegistrationClaim claim, Supplier<CompletionStage<Void>> ready) {
        String key = keys.record(callee.register());
        steps.run(
                key,
                () -> ready.get().thenCompose(known -> claim(new Wish(key, callee, replaces, claim, timers.nanos()))));
    }

    private CompletionStage<Boolean> claim(Wish wish) {
        long seen = table.changes();
        RegistryTable.Known known = table.known(wish.key);
        ProcedureRecord next = next(known, wish);
        if (next == null) {
            listener.decideAnew(wish.key, seen, wish.claim);
            return DONE;
        }
        if (known == null) {
            return create(wish, next);
        }
        if (next.equals(known.record())) {
            return addRow(wish, next);
        }
        Attempt attempt = new Attempt(wish, next, () -> addRow(wish, next), () -> true);
        return follow(attempt, write(wish.key, known, next));
    }

    /**
     * Creates a record, and writes the row of its first callee without waiting for the outcome: if another router was faster, the row is deleted
     * again.
     */
    private CompletionStage<Boolean> create(Wish wish, ProcedureRecord record) {
        SharedCallee callee = wish.callee.in(record.registration());
        byte[] row = row(wish, callee);
        if (row == null) {
            return DONE;
        }
        RegistryTable.Own own = new RegistryTable.Own(wish.key, keys.row(callee), callee, record.sinceMillis());
        table.addUnrecorded(own, wish.claim);
        CompletionStage<Written> created = records.create(wish.key, record.toBytes());
        CompletionStage<Written> put = records.put(own.row(), row);
        return follow(new Attempt(wish, record, () -> onCreated(wish, own, put), () -> takeBack(own, put)), created);
    }

    private CompletionStage<Boolean> onCreated(Wish wish, RegistryTable.Own own, CompletionStage<Written> put) {
        table.setRecorded(own.row());
        listener.recorded(own.key());
        return put.thenCompose(outcome -> onPut(wish, own, outcome));
    }

    /** Deletes a row whose record was not written. Returns false if both were written, and the callee is admitted. */
    private boolean takeBack(RegistryTable.Own own, CompletionStage<Written> put) {
        if (table.takeClaim(own.row()) == null) {
            return false;
        }
        table.removeOwn(own.key(), own.row());
        table.forgetEarly(own.row());
        put.thenAccept(outcome -> releases.removeLeftoverRow(own.key(), own.row()));
        return true;
    }

    private CompletionStage<Boolean> follow(Attempt attempt, CompletionStage<Written> write) {
        String key = attempt.wish.key;
        return write.thenCompose(outcome -> switch (outcome) {
            case Written.Accepted accepted -> {
                table.note(key, attempt.record, accepted.revision());
                yield attempt.written.get();
            }
            case Written.Conflict conflict -> reread(key).thenCompose(isRead -> claimAgain(attempt));
            case Written.Unknown unknown -> lookUp(attempt, unknown.reason());
        });
    }

    /** Another router has written the record. */
    private CompletionStage<Boolean> claimAgain(Attempt attempt) {
        return attempt.takeBack.getAsBoolean() ? claim(attempt.wish) : DONE;
    }

    /** Finds out whether the record was written. */
    private CompletionStage<Boolean> lookUp(Attempt attempt, String reason) {
        Wish wish = attempt.wish;
        return reread(wish.key).thenCompose(isRead -> {
            RegistryTable.Known known = table.known(wish.key);
            if (isRead && known != null && known.record().equals(attempt.record)) {
                return attempt.written.get();
            }
            if (!isOver(wish)) {
                return again(isRead ? () -> claimAgain(attempt) : () -> lookUp(attempt, reason));
            }
            if (attempt.takeBack.getAsBoolean()) {
                wish.claim.fail(
                        WampError.NETWORK_FAILURE, "the routers could not agree on the registration: " + reason);
            }
            return DONE;
        });
    }

    private CompletionStage<Written> write(String key, RegistryTable.@Nullable Known known, ProcedureRecord next) {
        return known == null
                ? records.create(key, next.toBytes())
                : records.replace(key, next.toBytes(), known.revision());
    }

    /** The record that admits the callee, or null if the present one does not. */
    private @Nullable ProcedureRecord next(RegistryTable.@Nullable Known known, Wish wish) {
        if (table.hasClaim(keys.row(wish.callee))) {
            // An earlier request of the session is under way.
            return null;
        }
        ProcedureRecord fresh = fresh(wish.callee, wish.claim);
        if (known == null || wish.replaces) {
            return fresh;
        }
        ProcedureRecord record = known.record();
        if (record.admits(wish.callee.register().options())) {
            return table.hasCallee(wish.key, keys.row(wish.callee)) ? null : record.with(router);
        }
        boolean isLeftover = record.routers().stream().allMatch(holder -> holder == router)
                && !table.hasCallees(wish.key, router, other -> true)
                && !table.hasOwn(wish.key);
        return isLeftover ? fresh : null;
    }

    private ProcedureRecord fresh(SharedCallee callee, RegistrationClaim claim) {
        return ProcedureRecord.of(
                callee.register(), claim.newRegistration(), router, timers.now().toEpochMilli());
    }

    /** Takes a step after a pause. */
    private CompletionStage<Boolean> again(Supplier<CompletionStage<Boolean>> step) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        timers.after(RETRY, () -> step.get().whenComplete((outcome, failure) -> done.complete(true)));
        return done;
    }

    private boolean isOver(Wish wish) {
        return timers.nanos() - wish.sinceNanos >= PATIENCE_NANOS;
    }

    /** Reads the record after another router changed it; returns whether the store has answered. */
    private CompletionStage<Boolean> reread(String key) {
        return records.read(key).handle((entry, failure) -> {
            if (entry != null && entry.isPresent()) {
                listener.note(entry.get());
            } else if (failure == null) {
                table.forget(key);
            }
            return failure == null;
        });
    }

    private CompletionStage<Boolean> addRow(Wish wish, ProcedureRecord record) {
        SharedCallee callee = wish.callee.in(record.registration());
        byte[] row = row(wish, callee);
        if (row == null) {
            return releases.leaveRecordIfLast(wish.key, record.registration());
        }
        RegistryTable.Own own = new RegistryTable.Own(wish.key, keys.row(callee), callee, record.sinceMillis());
        table.addOwn(own, wish.claim);
        return records.put(own.row(), row).thenCompose(outcome -> onPut(wish, own, outcome));
    }

    /** The row of a callee; null if it cannot be stored, which the session is told. */
    private byte @Nullable [] row(Wish wish, SharedCallee callee) {
        try {
            return CalleeEncoder.toBytes(realm, callee);
        } catch (UnrepresentableException problem) {
            wish.claim.fail(
                    WampError.NETWORK_FAILURE, "the routers cannot pass the options on: " + problem.getMessage());
            return null;
        }
    }

    private CompletionStage<Boolean> onPut(Wish wish, RegistryTable.Own own, Written outcome) {
        if (outcome instanceof Written.Accepted) {
            return DONE;
        }
        if (!isOver(wish)) {
            return again(() -> put(own).thenCompose(later -> onPut(wish, own, later)));
        }
        RegistrationClaim waiting = table.takeClaim(own.row());
        if (waiting == null) {
            return DONE;
        }
        waiting.fail(
                WampError.NETWORK_FAILURE,
                "the routers do not know whether the callee is registered: the store does not answer");
        return releases.leave(own.key(), own.row(), own.callee().registration());
    }

    /** Writes the row of a callee again. */
    private CompletionStage<Written> put(RegistryTable.Own own) {
        try {
            return records.put(own.row(), CalleeEncoder.toBytes(realm, own.callee()));
        } catch (UnrepresentableException known) {
            throw new IllegalStateException("a callee was registered that cannot be stored", known);
        }
    }

    /**
     * Registers a callee of this router without asking the others; as far as this router knows, none of them has the procedure. The registration is
     * stored when the store answers again, unless the store holds an older one.
     */
    void registerAlone(SharedCallee callee, boolean replaces, RegistrationClaim claim) {
        String key = keys.record(callee.register());
        steps.run(key, () -> {
            ProcedureRecord record = recordAlone(key, callee, replaces, claim);
            if (replaces) {
                table.removeAllOwn(key);
            }
            SharedCallee registered = callee.in(record.registration());
            table.addOwn(new RegistryTable.Own(key, keys.row(registered), registered, record.sinceMillis()), null);
            listener.registered(registered);
            return DONE;
        });
    }

    private ProcedureRecord recordAlone(String key, SharedCallee callee, boolean replaces, RegistrationClaim claim) {
        RegistryTable.Known known = table.known(key);
        RegistryTable.Own own = table.anyOwn(key);
        if (!replaces && own != null) {
            return ProcedureRecord.of(callee.register(), own.callee().registration(), router, own.sinceMillis());
        }
        if (!replaces
                && known != null
                && known.record().admits(callee.register().options())) {
            return known.record();
        }
        return fresh(callee, claim);
    }

    // ---- What is stored is not what it should be.

    /**
     * Stores a callee of this router again if the store still lacks it. If another router registered the procedure earlier, the callee loses
     * the procedure instead.
     */
    void restore(RegistryTable.Own own) {
        steps.run(own.key(), () -> restoreNow(own));
    }

    private CompletionStage<Boolean> restoreNow(RegistryTable.Own own) {
        if (!table.isMissing(own, router)) {
            return DONE;
        }
        SharedCallee callee = own.callee();
        RegistryTable.Known known = table.known(own.key());
        boolean isOther = known != null && known.record().registration() != callee.registration();
        if (known != null && isOther && !isOlder(own, known.record())) {
            table.removeOwn(own.key(), own.row());
            listener.lost(callee);
            return releases.removeRow(own.key(), own.row());
        }
        ProcedureRecord next = known == null || isOther
                ? ProcedureRecord.of(callee.register(), callee.registration(), router, own.sinceMillis())
                : known.record().with(router);
        if (known != null && next.equals(known.record())) {
            return put(own).thenCompose(written -> DONE);
        }
        return write(own.key(), known, next).thenCompose(outcome -> switch (outcome) {
            case Written.Accepted accepted -> {
                table.note(own.key(), next, accepted.revision());
                yield put(own).thenCompose(written -> DONE);
            }
            case Written.Conflict conflict -> reread(own.key()).thenCompose(isRead -> isRead ? restoreNow(own) : DONE);
            case Written.Unknown unknown -> DONE;
        });
    }

    /** Whether a callee of this router has registered the procedure before the one in the record, and will take it back. */
    boolean takesOver(String key) {
        RegistryTable.Known known = table.known(key);
        RegistryTable.Own own = table.anyOwn(key);
        return known != null
                && own != null
                && !table.hasClaim(own.row())
                && known.record().registration() != own.callee().registration()
                && isOlder(own, known.record());
    }

    /** Whether the callee was registered before the procedure in the record, or the record is of this router only. */
    private boolean isOlder(RegistryTable.Own own, ProcedureRecord record) {
        return own.sinceMillis() < record.sinceMillis()
                || record.routers().stream().allMatch(holder -> holder == router);
    }
}
