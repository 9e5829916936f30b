package io.junctor.cluster.registry;

import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.router.cluster.RegistrationClaim;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the callees of this router into the registry: one step after the other for each procedure. A procedure that is not shared takes one
 * write, as its callee stands in its record; a callee of a shared procedure takes one write for its row, behind one for the record if that does
 * not name this router yet. Thread-safe.
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
        /** Has a claim decided again when something about the procedure changes; at once if it has since {@link RegistryTable#changes} was {@code seen}. */
        void decideAnew(String key, long seen, RegistrationClaim claim);

        /** A callee of this router is registered. */
        void registered(SharedCallee callee);

        /** Takes a callee of this router out, whose row may be stored although it was refused. */
        CompletionStage<Boolean> leave(SharedCallee callee);
    }

    /** A callee that wants a procedure. */
    private record Wish(String key, SharedCallee callee, boolean replaces, RegistrationClaim claim, long sinceNanos) {}

    /** A record that admits a callee. */
    private static final class Attempt {
        final Wish wish;
        final ProcedureRecord record;
        final RegistryTable.Own own;
        /** The bytes in which the callee stands: those of its row, or of the record if the procedure is not shared. */
        final byte[] entry;

        Attempt(Wish wish, ProcedureRecord record, RegistryTable.Own own, byte[] entry) {
            this.wish = wish;
            this.record = record;
            this.own = own;
            this.entry = entry;
        }
    }

    private final RegistryStore store;
    private final long router;
    private final RegistryKeys keys;
    private final RegistryTable table;
    private final Timers timers;
    private final Listener listener;

    RegistryClaims(
            RegistryStore store,
            long router,
            RegistryKeys keys,
            RegistryTable table,
            Timers timers,
            Listener listener) {
        this.store = store;
        this.router = router;
        this.keys = keys;
        this.table = table;
        this.timers = timers;
        this.listener = listener;
    }

    /** Registers a callee of this router when the earlier steps of this router for the procedure have ended, and then {@code ready} has. */
    void register(
            SharedCallee callee, boolean replaces, RegistrationClaim claim, Supplier<CompletionStage<Void>> ready) {
        String key = keys.record(callee.register());
        store.run(
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
        SharedCallee callee = wish.callee.in(next.registration());
        RegistryTable.Own own = new RegistryTable.Own(wish.key, keys.id(callee), callee, next.sinceMillis());
        try {
            Attempt attempt = new Attempt(wish, next, own, store.entry(own, next));
            return next.isShared() ? share(attempt, known) : hold(attempt, known);
        } catch (UnrepresentableException problem) {
            wish.claim.fail(
                    WampError.NETWORK_FAILURE, "the routers cannot pass the options on: " + problem.getMessage());
            return DONE;
        }
    }

    /** Writes the record with its callee; it is admitted when the record is reported, which may happen before the store confirms it. */
    private CompletionStage<Boolean> hold(Attempt attempt, RegistryTable.@Nullable Known known) {
        table.addOwn(attempt.own);
        table.open().add(attempt.own, attempt.wish.claim);
        return follow(attempt, store.write(attempt.wish.key, known, attempt.entry));
    }

    private CompletionStage<Boolean> share(Attempt attempt, RegistryTable.@Nullable Known known) {
        return known != null && attempt.record.equals(known.record())
                ? addRow(attempt)
                : follow(attempt, store.write(attempt.wish.key, known, attempt.record.toBytes()));
    }

    private CompletionStage<Boolean> follow(Attempt attempt, CompletionStage<Written> write) {
        String key = attempt.wish.key;
        return write.thenCompose(outcome -> switch (outcome) {
                    case Written.Accepted accepted -> {
                        table.note(key, attempt.record, accepted.revision());
                        yield onRecorded(attempt, accepted.revision());
                    }
                    case Written.Conflict conflict -> store.reread(key).thenCompose(isRead -> claimAgain(attempt));
                    case Written.Unknown unknown -> lookUp(attempt, unknown.reason());
                })
                .exceptionally(fault -> refuse(attempt, fault));
    }

    private CompletionStage<Boolean> onRecorded(Attempt attempt, long revision) {
        if (!attempt.own.isHolder()) {
            return addRow(attempt);
        }
        onStored(attempt.own, revision);
        return DONE;
    }

    /** The store has accepted the entry of a callee. */
    private void onStored(RegistryTable.Own own, long revision) {
        OpenClaims.Claim lost = table.open().onAccepted(own.id(), revision);
        if (lost != null) {
            decideAnew(lost);
        }
    }

    /** The store was read, and all its entries up to {@code revision} were reported. */
    void onRead(long revision) {
        table.open().onRead(revision).forEach(this::decideAnew);
    }

    private void decideAnew(OpenClaims.Claim lost) {
        table.removeOwn(lost.own().key(), lost.own().id());
        lost.request().decideAnew();
    }

    /** Another router has written the record. */
    private CompletionStage<Boolean> claimAgain(Attempt attempt) {
        return takeBack(attempt) ? claim(attempt.wish) : DONE;
    }

    /** Undoes what was done before the record was written. Returns false if the callee is admitted already. */
    private boolean takeBack(Attempt attempt) {
        if (!attempt.own.isHolder()) {
            return true;
        }
        boolean isOpen = table.open().take(attempt.own.id()) != null;
        if (isOpen) {
            table.removeOwn(attempt.own.key(), attempt.own.id());
        }
        return isOpen;
    }

    /** Finds out whether the record was written. */
    private CompletionStage<Boolean> lookUp(Attempt attempt, String reason) {
        Wish wish = attempt.wish;
        return store.reread(wish.key).thenCompose(isRead -> {
            RegistryTable.Known known = table.known(wish.key);
            if (isRead && known != null && known.record().equals(attempt.record)) {
                return onRecorded(attempt, known.revision());
            }
            if (!isOver(wish)) {
                return again(isRead ? () -> claimAgain(attempt) : () -> lookUp(attempt, reason));
            }
            return CompletableFuture.completedFuture(refuse(attempt, reason));
        });
    }

    /** Refuses a claim that meets a record which cannot be read. */
    private boolean refuse(Attempt attempt, Throwable fault) {
        Throwable cause =
                fault instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : fault;
        return refuse(attempt, String.valueOf(cause.getMessage()));
    }

    private boolean refuse(Attempt attempt, String reason) {
        if (takeBack(attempt)) {
            attempt.wish.claim.fail(
                    WampError.NETWORK_FAILURE, "the routers could not agree on the registration: " + reason);
        }
        return true;
    }

    /** The record that admits the callee, or null if the present one does not. */
    private @Nullable ProcedureRecord next(RegistryTable.@Nullable Known known, Wish wish) {
        if (isUnderWay(wish)) {
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

    /** Whether an earlier request of the session for the procedure is not decided. */
    private boolean isUnderWay(Wish wish) {
        return table.owns(wish.key).stream()
                .anyMatch(own -> own.callee().session() == wish.callee.session()
                        && table.open().contains(own.id()));
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

    private CompletionStage<Boolean> addRow(Attempt attempt) {
        table.addOwn(attempt.own);
        table.open().add(attempt.own, attempt.wish.claim);
        return putRow(attempt);
    }

    private CompletionStage<Boolean> putRow(Attempt attempt) {
        return store.putRow(attempt.own.id(), attempt.entry).thenCompose(outcome -> onPut(attempt, outcome));
    }

    private CompletionStage<Boolean> onPut(Attempt attempt, Written outcome) {
        RegistryTable.Own own = attempt.own;
        if (outcome instanceof Written.Accepted accepted) {
            onStored(own, accepted.revision());
            return DONE;
        }
        if (!isOver(attempt.wish)) {
            return again(() -> putRow(attempt));
        }
        RegistrationClaim waiting = table.open().take(own.id());
        if (waiting == null) {
            return DONE;
        }
        waiting.fail(
                WampError.NETWORK_FAILURE,
                "the routers do not know whether the callee is registered: the store does not answer");
        return listener.leave(own.callee());
    }

    /**
     * Registers a callee of this router without asking the others; as far as this router knows, none of them has the procedure. The registration is
     * stored when the store answers again, unless the store holds an older one.
     */
    void registerAlone(SharedCallee callee, boolean replaces, RegistrationClaim claim) {
        String key = keys.record(callee.register());
        store.run(key, () -> {
            ProcedureRecord record = recordAlone(key, callee, replaces, claim);
            if (replaces) {
                table.removeAllOwn(key);
            }
            SharedCallee registered = callee.in(record.registration());
            table.addOwn(new RegistryTable.Own(key, keys.id(registered), registered, record.sinceMillis()));
            listener.registered(registered);
            return DONE;
        });
    }

    private ProcedureRecord recordAlone(String key, SharedCallee callee, boolean replaces, RegistrationClaim claim) {
        RegistryTable.Known known = table.known(key);
        List<RegistryTable.Own> owns = table.owns(key);
        if (!replaces && !owns.isEmpty()) {
            RegistryTable.Own own = owns.getFirst();
            return ProcedureRecord.of(callee.register(), own.callee().registration(), router, own.sinceMillis());
        }
        if (!replaces
                && known != null
                && known.record().admits(callee.register().options())) {
            return known.record();
        }
        return fresh(callee, claim);
    }
}
