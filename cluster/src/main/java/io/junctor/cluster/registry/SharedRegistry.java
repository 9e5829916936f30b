package io.junctor.cluster.registry;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Watch;
import io.junctor.cluster.engine.Watcher;
import io.junctor.cluster.membership.ExclusiveRight;
import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.CalleeDecoder;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.RegistrationClaim;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registrations of a realm on all routers. A procedure has a <em>record</em>, which routers change by compare-and-set and which decides
 * who may be a callee. If the procedure is not shared, its callee stands in the record; otherwise each callee has a <em>row</em>, which its
 * router alone writes. All routers follow both in one order. A callee is admitted when the entry in which it stands comes back. Each time that
 * the store has been read, the callees of this router are compared with it: what is missing is written anew, and what is too much is removed.
 * Thread-safe.
 */
public final class SharedRegistry implements Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRegistry.class);
    /** How long a session waits while another router is about to register or release the procedure. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How long a call waits for callees of which this router was not told yet. */
    private static final Duration CALLEES_PATIENCE = Duration.ofSeconds(2);

    /**
     * What the registries of all realms of a router share.
     *
     * @param entries counts their callees
     * @param onMentioned is told each router that has a row or stands in a record; must not block
     * @param right without it, this router may have been declared dead: then its callees take nothing back
     */
    public record OfRouter(RegistryEntries entries, LongConsumer onMentioned, ExclusiveRight right) {}

    private final Engine engine;
    private final String realm;
    private final long router;
    private final RealmPort port;
    private final Supplier<CompletionStage<Void>> reachable;
    private final LongConsumer onMentioned;
    private final Records records;
    private final RegistryKeys keys;
    private final CalleeDecoder rows;
    private final RegistryEntries entries;
    private final RegistryTable table;
    private final ProcedureChanges changes;
    private final AdmittedCallees admitted;
    private final RegistryReleases releases;
    private final RegistryClaims claims;
    private final RegistryRestores restores;
    private final RegistryReconciler comparison;
    private final Watch watch;
    private volatile boolean caughtUp;
    /** Whether this router serves the realm without the others. */
    private volatile boolean isAlone;

    /**
     * Begins to watch the registry.
     *
     * @param reachable completes when invocations of other routers arrive; a callee is registered after that
     */
    public SharedRegistry(
            Engine engine,
            Timers timers,
            String realm,
            RealmPort port,
            OfRouter shared,
            Supplier<CompletionStage<Void>> reachable) {
        this.reachable = reachable;
        this.entries = shared.entries();
        this.onMentioned = shared.onMentioned();
        this.realm = realm;
        this.engine = engine;
        this.router = engine.router().value();
        this.port = port;
        this.records = engine.records(Store.REGISTRY);
        this.keys = new RegistryKeys(realm);
        this.table = new RegistryTable(keys);
        this.rows = new CalleeDecoder(realm);
        this.changes = new ProcedureChanges(router, table, timers, this::isThere);
        this.admitted = new AdmittedCallees(router, port, table, keys, entries, changes);
        RegistryStore store = new RegistryStore(realm, records, table, this::note);
        this.releases = new RegistryReleases(store, router, keys, table, timers, engine::isConnected);
        this.claims = new RegistryClaims(store, router, keys, table, timers, new Decisions());
        this.restores = new RegistryRestores(store, router, table, releases, port::revoke);
        this.comparison = new RegistryReconciler(timers, shared.right(), restores, this::compare);
        this.watch = records.watch(this);
    }

    /** Stops to watch the registry. */
    public void close() {
        comparison.close();
        watch.close();
        entries.remove(table.size());
    }

    /** Whether all callees are known that other routers had registered when this one began. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** How many changes of the registry were not known when the engine looked last. */
    public long behind() {
        return watch.behind();
    }

    /** Reads the store anew, and compares. */
    public void audit() {
        watch.read();
    }

    // ---- Callees of this router.

    /** Registers a callee of this router after everything that this router does about the procedure. */
    public void register(SharedCallee callee, boolean replaces, RegistrationClaim claim) {
        if (entries.isFull()) {
            claim.fail(WampError.LIMIT_EXCEEDED, entries.text());
        } else if (isAlone) {
            claims.registerAlone(callee, replaces, claim);
        } else {
            claims.register(callee, replaces, claim, reachable);
        }
    }

    /** Releases a callee of this router after everything that this router does about the procedure. */
    public void release(SharedCallee callee, Runnable released) {
        releases.release(callee, released);
    }

    /** Runs {@code action} when the callees are known that the procedure has now. */
    public void whenCalleesKnown(Uri procedure, Runnable action) {
        String key = keys.record(procedure);
        long seen = table.changes();
        records.read(key).whenComplete((entry, failure) -> {
            boolean isRegistered = failure == null && entry.isPresent();
            if (isRegistered && !table.hasCallees(key)) {
                changes.await(key, seen, () -> whenCalleesKnown(procedure, action), CALLEES_PATIENCE, action);
            } else {
                action.run();
            }
        });
    }

    /** Whether callees of another router are admitted: those of a dead one stay in the registry until another router has removed them. */
    private boolean isThere(long other) {
        return engine.peers().contains(new RouterId(other));
    }

    // ---- What all routers watch.

    @Override
    public List<String> keys() {
        return table.keys();
    }

    @Override
    public void onEntry(Entry entry) {
        try {
            if (keys.isRecord(entry.key())) {
                onRecord(entry);
            } else if (keys.isRow(entry.key())) {
                onRow(entry, rows.read(entry.value()));
            }
        } catch (InvalidBodyException invalid) {
            LOG.warn("realm {}: ignores the entry {} of the registry: {}", realm, entry.key(), invalid.getMessage());
        }
    }

    private void onRecord(Entry entry) {
        String key = entry.key();
        BodyReader body = new BodyReader(entry.value());
        ProcedureRecord record = ProcedureRecord.read(body);
        SharedCallee holder = holder(key, record, body);
        note(entry, record);
        if (holder == null || !isAdmitted(key, holder)) {
            admitted.removeHolder(key);
        }
        takeEarly(key);
        if (table.isLeftover(key, router)) {
            // The store may have taken it after the claim was given up. An open claim comes first.
            releases.leave(key);
        }
        changes.wake(key);
    }

    /** The callee in a record; null if the procedure is shared. */
    private @Nullable SharedCallee holder(String key, ProcedureRecord record, BodyReader body) {
        SharedCallee holder = rows.readHolder(body);
        if (holder != null
                && !(RegistryKeys.isHolder(holder)
                        && keys.record(holder).equals(key)
                        && holder.registration() == record.registration()
                        && record.routers().equals(Set.of(holder.router())))) {
            throw new InvalidBodyException("its callee is of another registration than its record");
        }
        return holder;
    }

    /** Admits the callee in a record, unless it is one that has been replaced or is gone; returns whether it is registered now. */
    private boolean isAdmitted(String key, SharedCallee holder) {
        // A later record may have been read before.
        boolean isCurrent = table.isCurrent(key, holder);
        if (holder.router() != router) {
            boolean isTaken = isCurrent && !restores.takesOver(key);
            if (isTaken) {
                admitted.hold(key, holder, false);
            }
            return isTaken;
        }
        RegistryTable.Own own = table.own(holder);
        RegistrationClaim claim = table.open().take(keys.id(holder));
        if (own != null && isCurrent) {
            admitted.hold(key, holder, claim == null);
            return true;
        }
        if (own != null && claim != null) {
            table.removeOwn(key, own.id());
            claim.decideAnew();
        }
        return false;
    }

    /** Notes a record that was read. */
    private void note(Entry entry) {
        try {
            note(entry, ProcedureRecord.of(entry.value()));
        } catch (InvalidBodyException invalid) {
            throw new InvalidBodyException("the entry " + entry.key() + " of the registry: " + invalid.getMessage());
        }
    }

    private void note(Entry entry, ProcedureRecord record) {
        table.note(entry.key(), record, entry.revision());
        releases.removeReplaced(entry.key(), record.registration());
        record.routers().forEach(onMentioned::accept);
    }

    private void onRow(Entry entry, SharedCallee callee) {
        if (!entry.key().equals(keys.row(callee))) {
            throw new InvalidBodyException("it is about another callee than its key");
        }
        String key = keys.record(callee);
        if (callee.router() == router) {
            onOwnRow(key, entry, callee);
            return;
        }
        if (RegistryKeys.isHolder(callee)) {
            throw new InvalidBodyException("its procedure is not shared, so its callee stands in the record");
        }
        onMentioned.accept(callee.router());
        table.forgetEarly(entry.key());
        if (!table.isCurrent(key, callee)) {
            // A snapshot has it before the record, if that was written again for another router.
            table.addEarly(key, new RegistryTable.EarlyRow(entry, callee));
        } else if (!restores.takesOver(key)) {
            admitted.admit(key, callee, entry.revision());
        }
    }

    /** The record of a procedure has come: takes the rows that came before it. */
    private void takeEarly(String key) {
        table.takeEarly(key).forEach(row -> onRow(row.entry(), row.callee()));
    }

    private void onOwnRow(String key, Entry entry, SharedCallee callee) {
        if (RegistryKeys.isHolder(callee) || table.own(callee) == null) {
            // Of a callee that is gone, or of an earlier claim of the session, whose later row replaces this one.
            releases.removeLeftoverRow(key, entry.key());
            return;
        }
        RegistrationClaim claim = table.open().take(entry.key());
        if (!table.isCurrent(key, callee)) {
            if (claim == null) {
                records.remove(entry.key());
            } else {
                // Another session has replaced the registration meanwhile.
                table.removeOwn(key, entry.key());
                releases.removeLeftoverRow(key, entry.key());
                claim.decideAnew();
                changes.wake(key);
            }
        } else if (claim != null) {
            admitted.admit(key, callee, entry.revision());
        } else {
            admitted.add(key, callee, entry.revision());
        }
    }

    @Override
    public void onDeleted(String key, long revision) {
        if (keys.isRecord(key)) {
            table.forgetUntil(key, revision);
            SharedCallee holder = admitted.removeHolder(key);
            changes.wake(key);
            restoreIfLost(holder);
        } else if (keys.isRow(key)) {
            table.forgetEarly(key);
            SharedCallee callee = admitted.remove(key);
            if (callee != null) {
                changes.wake(keys.record(callee));
            }
            restoreIfLost(callee);
        }
    }

    /** Stores a callee of this router anew whose entry another program has deleted. */
    private void restoreIfLost(@Nullable SharedCallee callee) {
        RegistryTable.Own own = callee == null ? null : table.own(callee);
        if (own != null && caughtUp) {
            comparison.restore(own);
        }
    }

    @Override
    public void onMadeAnew() {
        LOG.warn("realm {}: the registry of the cluster was made anew", realm);
        table.forgetAllRecords();
        table.open().onMadeAnew();
    }

    @Override
    public void onCaughtUp(long revision) {
        caughtUp = true;
        if (isAlone) {
            isAlone = false;
            others().forEach(this::readmit);
        }
        claims.onRead(revision);
        comparison.run();
    }

    /** The other routers cannot be reached: until the store has been read again, this one serves the realm as if they had ended. */
    public void serveAlone() {
        isAlone = true;
        others().forEach(port::gone);
    }

    /** The others can be reached again. The store may have been read before, as the connections come back one after the other. */
    public void onConnected() {
        if (isAlone) {
            watch.read();
        }
    }

    private Set<Long> others() {
        Set<Long> others = table.routers();
        engine.peers().forEach(peer -> others.add(peer.value()));
        others.remove(router);
        return others;
    }

    private void compare() {
        restores.restoreAll();
        releases.removeLeftovers();
        table.routers().forEach(onMentioned::accept);
    }

    /** A router that was gone is there again: its callees are admitted as they are stored. */
    public void readmit(long other) {
        admitted.readmit(other);
    }

    /** What the claims of this router lead to. */
    private final class Decisions implements RegistryClaims.Listener {
        @Override
        public void decideAnew(String key, long seen, RegistrationClaim claim) {
            String text = "another router is registering or releasing the procedure, and does not come to an end";
            changes.await(key, seen, claim::decideAnew, PATIENCE, () -> claim.fail(WampError.NETWORK_FAILURE, text));
        }

        @Override
        public void registered(SharedCallee callee) {
            port.admit(callee);
        }

        @Override
        public CompletionStage<Boolean> leave(SharedCallee callee) {
            return releases.leave(callee);
        }
    }
}
