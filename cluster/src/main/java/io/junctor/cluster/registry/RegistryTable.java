package io.junctor.cluster.registry;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.cluster.protocol.TextHash;
import io.junctor.router.cluster.SharedCallee;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What this router knows of a realm's registry: of its records, one for each procedure, and its rows, one for each callee of a shared procedure
 * (see {@link RegistryKeys}). Thread-safe; calls nothing while it holds its lock but {@link OpenClaims}.
 */
final class RegistryTable {
    /** A record as it was at a revision. */
    record Known(ProcedureRecord record, long revision) {}

    /**
     * A callee of this router.
     *
     * @param key the key of its procedure
     * @param id see {@link RegistryKeys#id}; of a callee of a shared procedure, the key of its row
     * @param sinceMillis the time since when its registration exists
     */
    record Own(String key, String id, SharedCallee callee, long sinceMillis) {
        /** Whether it stands in the record of its procedure. */
        boolean isHolder() {
            return RegistryKeys.isHolder(callee);
        }
    }

    /** A row of another router that came before its record. */
    record EarlyRow(Entry entry, SharedCallee callee) {}

    private final RegistryKeys keys;
    private final OpenClaims open = new OpenClaims();
    /** By the keys of the record and of the row, in the order in which they came. */
    private final Map<String, Map<String, EarlyRow>> early = new HashMap<>();

    private final Map<TextHash.Token, KnownProcedure> byToken = new HashMap<>();
    private long changes;
    /** How many callees there are. */
    private int size;

    RegistryTable(RegistryKeys keys) {
        this.keys = keys;
    }

    /** The claims of this router that are not decided. */
    OpenClaims open() {
        return open;
    }

    /** The keys of all records and rows. */
    synchronized List<String> keys() {
        List<String> all = new ArrayList<>();
        byToken.forEach((token, procedure) -> {
            if (procedure.hasRecord()) {
                all.add(keys.record(token));
            }
            procedure.rows().forEach(row -> all.add(keys.row(token, row.callee())));
        });
        early.values().forEach(rows -> all.addAll(rows.keySet()));
        return all;
    }

    /** How many changes it was told; who waits for a change compares it, as one may come just before the wait begins. */
    synchronized long changes() {
        return changes;
    }

    // ---- Records.

    synchronized @Nullable Known known(String key) {
        KnownProcedure procedure = find(key);
        return procedure == null || procedure.record == null ? null : new Known(procedure.record, procedure.revision);
    }

    /** Whether a callee has the registration of the record. */
    synchronized boolean isCurrent(String key, SharedCallee callee) {
        KnownProcedure procedure = find(key);
        return procedure != null
                && procedure.record != null
                && procedure.record.registration() == callee.registration();
    }

    /** Notes a record, unless a later one is known. */
    synchronized void note(String key, ProcedureRecord record, long revision) {
        procedure(key).note(record, revision);
    }

    /** The record does not exist any more. */
    synchronized void forget(String key) {
        forgetUntil(key, Long.MAX_VALUE);
    }

    /** The record was deleted at a revision; a later one stays. */
    synchronized void forgetUntil(String key, long revision) {
        KnownProcedure procedure = find(key);
        if (procedure != null && procedure.record != null && procedure.revision <= revision) {
            procedure.record = null;
            tidy(key, procedure);
        }
    }

    /** No record exists any more, and revisions begin anew. */
    synchronized void forgetAllRecords() {
        byToken.values().forEach(procedure -> procedure.record = null);
        byToken.values().removeIf(KnownProcedure::isEmpty);
    }

    /** The records that name {@code router}, which is this one, although it has no callee of the procedure. */
    synchronized List<String> leftovers(long router) {
        return byToken.entrySet().stream()
                .filter(each -> isLeftover(each.getValue(), router))
                .map(each -> keys.record(each.getKey()))
                .toList();
    }

    /** Whether a record names {@code router}, which is this one, although it has no callee of the procedure. */
    synchronized boolean isLeftover(String key, long router) {
        KnownProcedure procedure = find(key);
        return procedure != null && isLeftover(procedure, router);
    }

    private static boolean isLeftover(KnownProcedure procedure, long router) {
        return procedure.own == null && procedure.names(router);
    }

    /** All routers that stand in a record or have a callee. */
    synchronized Set<Long> routers() {
        Set<Long> routers = new HashSet<>();
        for (KnownProcedure procedure : byToken.values()) {
            if (procedure.record != null) {
                routers.addAll(procedure.record.routers());
            }
            procedure.callees().forEach(row -> routers.add(row.callee().router()));
        }
        return routers;
    }

    // ---- Callees of this router.

    synchronized void addOwn(Own own) {
        procedure(own.key).add(own);
    }

    synchronized void removeOwn(String key, String id) {
        KnownProcedure procedure = procedure(key);
        procedure.removeOwn(id);
        tidy(key, procedure);
    }

    /** The callee of this router with this id, or null. */
    synchronized @Nullable Own own(String key, String id) {
        KnownProcedure procedure = find(key);
        return procedure == null ? null : procedure.own(id);
    }

    /** A callee of this router; null if it is gone, or if its session has registered the procedure anew since. */
    @Nullable
    Own own(SharedCallee callee) {
        Own own = own(keys.record(callee), keys.id(callee));
        return own == null || own.callee().registration() != callee.registration() ? null : own;
    }

    /** The callees of this router of a procedure. */
    synchronized List<Own> owns(String key) {
        KnownProcedure procedure = find(key);
        return procedure == null ? List.of() : List.copyOf(procedure.own());
    }

    /** No callee of this router has the procedure any more. */
    synchronized void removeAllOwn(String key) {
        KnownProcedure procedure = procedure(key);
        procedure.own = null;
        tidy(key, procedure);
    }

    synchronized boolean hasOwn(String key) {
        KnownProcedure procedure = find(key);
        return procedure != null && procedure.own != null;
    }

    /** The callees of this router that were registered and are not stored as they should be. */
    synchronized List<Own> missing(long router) {
        List<Own> missing = new ArrayList<>();
        for (KnownProcedure procedure : byToken.values()) {
            procedure.own().stream()
                    .filter(own -> isMissing(procedure, own, router))
                    .forEach(missing::add);
        }
        return missing;
    }

    /** The callees of this router of a procedure that were registered and are not stored as they should be. */
    synchronized boolean isMissing(Own own, long router) {
        KnownProcedure procedure = find(own.key);
        return procedure != null && isMissing(procedure, own, router);
    }

    private boolean isMissing(KnownProcedure procedure, Own own, long router) {
        return own.equals(procedure.own(own.id)) && !open.contains(own.id) && !isStored(procedure, own, router);
    }

    private static boolean isStored(KnownProcedure procedure, Own own, long router) {
        ProcedureRecord record = procedure.record;
        return procedure.isStored(own)
                && record != null
                && record.registration() == own.callee.registration()
                && record.routers().contains(router);
    }

    /** Removes and returns this router's callees whose registration was replaced. */
    synchronized List<Own> takeStale(String key, long registration) {
        KnownProcedure procedure = procedure(key);
        List<Own> stale = procedure.own().stream()
                .filter(own -> own.callee.registration() != registration && procedure.isStored(own))
                .toList();
        stale.forEach(own -> procedure.removeOwn(own.id));
        return stale;
    }

    // ---- Callees of all routers.

    synchronized boolean hasCallees(String key) {
        KnownProcedure procedure = find(key);
        return procedure != null && procedure.hasCallees();
    }

    /**
     * Whether a procedure has a callee of {@code router}, this one, or of one of the others. A callee of this router does not count before its
     * entry was reported, nor when it is gone and the store has not removed its entry.
     */
    synchronized boolean hasCallees(String key, long router, LongPredicate others) {
        KnownProcedure procedure = find(key);
        return procedure != null
                && procedure.callees().stream().anyMatch(row -> {
                    long other = row.callee().router();
                    return other == router ? isAdmitted(procedure, keys.id(row.callee())) : others.test(other);
                });
    }

    private boolean isAdmitted(KnownProcedure procedure, String id) {
        return procedure.own(id) != null && !open.contains(id);
    }

    /** Whether the callee of this router with this row is admitted; for a shared procedure. */
    synchronized boolean hasCallee(String key, String row) {
        KnownProcedure procedure = find(key);
        return procedure != null && procedure.row(RegistryKeys.session(row)) != null && isAdmitted(procedure, row);
    }

    /** How many callees there are. */
    synchronized int size() {
        return size;
    }

    /** Sets the callee in the record of a procedure that is not shared, or null if it has none; returns the former. */
    synchronized @Nullable SharedCallee setHolder(String key, @Nullable SharedCallee holder) {
        KnownProcedure procedure = procedure(key);
        SharedCallee former = procedure.holder;
        procedure.holder = holder;
        size += (holder == null ? 0 : 1) - (former == null ? 0 : 1);
        tidy(key, procedure);
        return former;
    }

    /** Returns whether the row was not known. */
    synchronized boolean addRow(String key, SharedCallee callee, long revision) {
        boolean isNew = procedure(key).put(callee, revision);
        size += isNew ? 1 : 0;
        return isNew;
    }

    /** The rows of {@code router}, this one, that no callee of it has. */
    synchronized List<String> superfluous(long router) {
        List<String> superfluous = new ArrayList<>();
        byToken.forEach((token, procedure) -> {
            for (KnownProcedure.Row row : procedure.rows()) {
                String key = row.callee().router() == router ? keys.row(token, row.callee()) : "";
                if (!key.isEmpty() && procedure.own(key) == null) {
                    superfluous.add(key);
                }
            }
        });
        return superfluous;
    }

    synchronized @Nullable SharedCallee removeRow(String row) {
        KnownProcedure procedure = find(row);
        long session = RegistryKeys.session(row);
        SharedCallee known = procedure == null ? null : procedure.row(session);
        if (procedure == null || known == null || !keys.row(known).equals(row)) {
            return null;
        }
        procedure.removeRow(session);
        size--;
        tidy(row, procedure);
        return known;
    }

    /** The callees of a router in the order in which they registered. */
    synchronized List<SharedCallee> callees(long router) {
        return byToken.values().stream()
                .flatMap(procedure -> procedure.callees().stream())
                .filter(row -> row.callee().router() == router)
                .sorted(Comparator.comparingLong(KnownProcedure.Row::revision))
                .map(KnownProcedure.Row::callee)
                .toList();
    }

    // ---- Rows that came before their record.

    synchronized void addEarly(String key, EarlyRow row) {
        early.computeIfAbsent(key, same -> new LinkedHashMap<>()).put(row.entry.key(), row);
    }

    /** Removes and returns the rows of a procedure that came before its record. */
    synchronized List<EarlyRow> takeEarly(String key) {
        Map<String, EarlyRow> rows = early.remove(key);
        return rows == null ? List.of() : List.copyOf(rows.values());
    }

    /** Removes a row, if it came before its record. */
    synchronized void forgetEarly(String row) {
        early.values().removeIf(rows -> rows.remove(row) != null && rows.isEmpty());
    }

    // ---- What waits for changes.

    synchronized void await(String key, KnownProcedure.Waiter waiter) {
        KnownProcedure procedure = procedure(key);
        procedure.waiters = procedure.waiters == null ? new ArrayList<>(1) : procedure.waiters;
        procedure.waiters.add(waiter);
    }

    /** Returns whether the waiter was still waiting. */
    synchronized boolean remove(String key, KnownProcedure.Waiter waiter) {
        KnownProcedure procedure = find(key);
        if (procedure == null || procedure.waiters == null || !procedure.waiters.remove(waiter)) {
            return false;
        }
        procedure.waiters = procedure.waiters.isEmpty() ? null : procedure.waiters;
        tidy(key, procedure);
        return true;
    }

    /** Something about a procedure has changed: removes and returns what waits for that. */
    synchronized List<KnownProcedure.Waiter> takeWaiters(String key) {
        changes++;
        KnownProcedure procedure = find(key);
        if (procedure == null || procedure.waiters == null) {
            return List.of();
        }
        List<KnownProcedure.Waiter> taken = procedure.waiters;
        procedure.waiters = null;
        tidy(key, procedure);
        return taken;
    }

    private KnownProcedure procedure(String key) {
        return byToken.computeIfAbsent(token(key), same -> new KnownProcedure());
    }

    /** By the key of a record or row. */
    private @Nullable KnownProcedure find(String key) {
        return byToken.get(token(key));
    }

    private static TextHash.Token token(String key) {
        return Objects.requireNonNull(RegistryKeys.procedure(key), key);
    }

    private void tidy(String key, KnownProcedure procedure) {
        if (procedure.isEmpty()) {
            byToken.remove(token(key));
        }
    }
}
