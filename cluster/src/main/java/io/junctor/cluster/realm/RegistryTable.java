package io.junctor.cluster.realm;

import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.router.cluster.Claim;
import io.junctor.router.cluster.SharedCallee;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What this router knows of the records and rows of a realm's registry. Thread-safe; calls nothing while it holds its lock. */
final class RegistryTable {
    /** A record as it was at a revision. */
    record Known(ProcedureRecord record, long revision) {}

    /** A row as it was at a revision. */
    private record Row(SharedCallee callee, long revision) {}

    /** A callee of this router, with the keys of its procedure and of its row, and the time since when its registration exists. */
    record Own(String key, String row, SharedCallee callee, long sinceMillis) {}

    /** What is known of a procedure. */
    private static final class Procedure {
        @Nullable
        Known known;

        /** Most have one callee. */
        final Map<String, Row> rows = new HashMap<>(2);
        /** The callees of this router whose rows it has written or is writing, by the key of the row. */
        final Map<String, Own> own = new HashMap<>();

        List<RegistryWaiter> waiters = new ArrayList<>(0);

        boolean isEmpty() {
            return known == null && rows.isEmpty() && own.isEmpty() && waiters.isEmpty();
        }
    }

    private final Map<String, Procedure> byKey = new HashMap<>();
    private long changes;
    /** How many rows there are. */
    private int rows;
    /** The claims of this router whose rows have not come back, by row. */
    private final Map<String, Claim> claimByRow = new HashMap<>();

    /** How many changes it was told; who waits for a change compares it, as one may come just before the wait begins. */
    synchronized long changes() {
        return changes;
    }

    // ---- Records.

    synchronized @Nullable Known known(String key) {
        Procedure procedure = byKey.get(key);
        return procedure == null ? null : procedure.known;
    }

    /** Notes a record, unless a later one is known. */
    synchronized void note(String key, ProcedureRecord record, long revision) {
        Procedure procedure = procedure(key);
        Known known = procedure.known;
        if (known == null || known.revision() < revision) {
            procedure.known = new Known(record, revision);
        }
    }

    /** The record does not exist any more. */
    synchronized void forget(String key) {
        forgetUntil(key, Long.MAX_VALUE);
    }

    /** The record was deleted at a revision; a later one stays. */
    synchronized void forgetUntil(String key, long revision) {
        Procedure procedure = byKey.get(key);
        if (procedure != null && procedure.known != null && procedure.known.revision() <= revision) {
            procedure.known = null;
            tidy(key, procedure);
        }
    }

    /** No record exists any more, and revisions begin anew. */
    synchronized void forgetAllRecords() {
        for (String key : List.copyOf(byKey.keySet())) {
            forget(key);
        }
    }

    /** The records in which {@code router} stands although it has no callee here that it has registered. */
    synchronized List<String> leftovers(long router) {
        return byKey.keySet().stream().filter(key -> isLeftover(key, router)).toList();
    }

    /** Whether {@code router} stands in a record although it has no callee here that it has registered. */
    synchronized boolean isLeftover(String key, long router) {
        Procedure procedure = byKey.get(key);
        return procedure != null
                && procedure.own.isEmpty()
                && procedure.known != null
                && procedure.known.record().routers().contains(router);
    }

    /** All routers that stand in a record or have a row. */
    synchronized Set<Long> routers() {
        Set<Long> routers = new HashSet<>();
        for (Procedure procedure : byKey.values()) {
            if (procedure.known != null) {
                routers.addAll(procedure.known.record().routers());
            }
            procedure.rows.values().forEach(row -> routers.add(row.callee.router()));
        }
        return routers;
    }

    // ---- Callees of this router.

    synchronized void addOwn(Own own, @Nullable Claim claim) {
        procedure(own.key).own.put(own.row, own);
        if (claim != null) {
            claimByRow.put(own.row, claim);
        }
    }

    /** Whether a row was written and has not come back. */
    synchronized boolean hasClaim(String row) {
        return claimByRow.containsKey(row);
    }

    /** Removes and returns the claim whose row has not come back, or null. */
    synchronized @Nullable Claim takeClaim(String row) {
        return claimByRow.remove(row);
    }

    /** Returns whether this router has no other row of the procedure. */
    synchronized boolean removeOwn(String key, String row) {
        Procedure procedure = procedure(key);
        procedure.own.remove(row);
        boolean isLast = procedure.own.isEmpty();
        tidy(key, procedure);
        return isLast;
    }

    /** The callee of this router with this row, or null. */
    synchronized @Nullable Own own(String key, String row) {
        Procedure procedure = byKey.get(key);
        return procedure == null ? null : procedure.own.get(row);
    }

    /** A callee of this router of a procedure, or null if it has none. */
    synchronized @Nullable Own anyOwn(String key) {
        Procedure procedure = byKey.get(key);
        return procedure == null
                ? null
                : procedure.own.values().stream().findAny().orElse(null);
    }

    /** No callee of this router has the procedure any more. */
    synchronized void removeAllOwn(String key) {
        Procedure procedure = procedure(key);
        procedure.own.clear();
        tidy(key, procedure);
    }

    synchronized boolean hasOwn(String key) {
        Procedure procedure = byKey.get(key);
        return procedure != null && !procedure.own.isEmpty();
    }

    /** The callees of this router that were registered and are not stored as they should be. */
    synchronized List<Own> missing(long router) {
        List<Own> missing = new ArrayList<>();
        for (Procedure procedure : byKey.values()) {
            procedure.own.values().stream()
                    .filter(own -> isMissing(procedure, own, router))
                    .forEach(missing::add);
        }
        return missing;
    }

    /** The callees of this router of a procedure that were registered and are not stored as they should be. */
    synchronized boolean isMissing(Own own, long router) {
        Procedure procedure = byKey.get(own.key);
        return procedure != null && isMissing(procedure, own, router);
    }

    private boolean isMissing(Procedure procedure, Own own, long router) {
        return own.equals(procedure.own.get(own.row))
                && !claimByRow.containsKey(own.row)
                && !isStored(procedure, own, router);
    }

    private static boolean isStored(Procedure procedure, Own own, long router) {
        Known known = procedure.known;
        return hasRow(procedure, own)
                && known != null
                && known.record().registration() == own.callee.registration()
                && known.record().routers().contains(router);
    }

    /** Removes and returns the keys of this router's rows whose registration was replaced. */
    synchronized List<String> takeStale(String key, long registration) {
        Procedure procedure = procedure(key);
        List<String> stale = procedure.own.values().stream()
                .filter(own -> own.callee.registration() != registration && hasRow(procedure, own))
                .map(Own::row)
                .toList();
        stale.forEach(procedure.own::remove);
        return stale;
    }

    private static boolean hasRow(Procedure procedure, Own own) {
        Row stored = procedure.rows.get(own.row);
        return stored != null && stored.callee.registration() == own.callee.registration();
    }

    // ---- Rows of all routers.

    synchronized boolean hasCallees(String key) {
        Procedure procedure = byKey.get(key);
        return procedure != null && !procedure.rows.isEmpty();
    }

    /**
     * Whether a procedure has a callee of {@code router}, this one, or of one of the others. A row of this router does not count before it has
     * come back, nor when its callee is gone and the store has not removed it.
     */
    synchronized boolean hasCallees(String key, long router, LongPredicate others) {
        Procedure procedure = byKey.get(key);
        return procedure != null
                && procedure.rows.entrySet().stream().anyMatch(entry -> {
                    long holder = entry.getValue().callee.router();
                    return holder == router ? isAdmitted(procedure, entry.getKey()) : others.test(holder);
                });
    }

    private boolean isAdmitted(Procedure procedure, String row) {
        return procedure.own.containsKey(row) && !claimByRow.containsKey(row);
    }

    /** Whether the callee of this router with this row is admitted. */
    synchronized boolean hasCallee(String key, String row) {
        Procedure procedure = byKey.get(key);
        return procedure != null && procedure.rows.containsKey(row) && isAdmitted(procedure, row);
    }

    /** How many rows there are. */
    synchronized int rows() {
        return rows;
    }

    /** Returns whether the row was not known. */
    synchronized boolean addRow(String key, String row, SharedCallee callee, long revision) {
        boolean isNew = procedure(key).rows.put(row, new Row(callee, revision)) == null;
        rows += isNew ? 1 : 0;
        return isNew;
    }

    /** The rows of {@code router}, this one, that no callee of it has. */
    synchronized List<String> superfluous(long router) {
        List<String> superfluous = new ArrayList<>();
        for (Procedure procedure : byKey.values()) {
            procedure.rows.forEach((row, stored) -> {
                if (stored.callee.router() == router && !procedure.own.containsKey(row)) {
                    superfluous.add(row);
                }
            });
        }
        return superfluous;
    }

    synchronized @Nullable SharedCallee removeRow(String row) {
        String key = RegistryKeys.recordOf(row);
        Procedure procedure = byKey.get(key);
        if (procedure == null) {
            return null;
        }
        Row removed = procedure.rows.remove(row);
        if (removed == null) {
            return null;
        }
        rows--;
        tidy(key, procedure);
        return removed.callee;
    }

    /** The callees of a router in the order in which they registered. */
    synchronized List<SharedCallee> callees(long router) {
        return byKey.values().stream()
                .flatMap(procedure -> procedure.rows.values().stream())
                .filter(row -> row.callee.router() == router)
                .sorted(Comparator.comparingLong(Row::revision))
                .map(Row::callee)
                .toList();
    }

    // ---- What waits for changes.

    synchronized void await(String key, RegistryWaiter waiter) {
        procedure(key).waiters.add(waiter);
    }

    /** Returns whether the waiter was still waiting. */
    synchronized boolean remove(String key, RegistryWaiter waiter) {
        Procedure procedure = byKey.get(key);
        if (procedure == null || !procedure.waiters.remove(waiter)) {
            return false;
        }
        tidy(key, procedure);
        return true;
    }

    /** Something about a procedure has changed: removes and returns what waits for that. */
    synchronized List<RegistryWaiter> takeWaiters(String key) {
        changes++;
        Procedure procedure = byKey.get(key);
        if (procedure == null || procedure.waiters.isEmpty()) {
            return List.of();
        }
        List<RegistryWaiter> taken = procedure.waiters;
        procedure.waiters = new ArrayList<>(0);
        tidy(key, procedure);
        return taken;
    }

    private Procedure procedure(String key) {
        return byKey.computeIfAbsent(key, same -> new Procedure());
    }

    private void tidy(String key, Procedure procedure) {
        if (procedure.isEmpty()) {
            byKey.remove(key);
        }
    }
}
