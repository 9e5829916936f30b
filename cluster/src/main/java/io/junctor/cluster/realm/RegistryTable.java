package io.junctor.cluster.realm;

import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.router.cluster.Claim;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.turn.Timers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this router knows of the records and rows of a realm's registry. Thread-safe; calls nothing while it holds its lock. */
final class RegistryTable {
    /** A record as it was at a revision. */
    record Known(ProcedureRecord record, long revision) {}

    /** What runs when something about a procedure changes. */
    static final class Waiter implements Runnable {
        private final Runnable action;
        /** What gives up after some time. Set by the thread that waits. */
        volatile Timers.@Nullable Timer patience;

        Waiter(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            cancel();
            action.run();
        }

        void cancel() {
            Timers.Timer timer = patience;
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    /** What is known of a procedure. */
    private static final class Procedure {
        @Nullable
        Known known;

        final Map<String, SharedCallee> rows = new HashMap<>();
        /** The keys of rows that this router has written or is writing. */
        final Set<String> own = new HashSet<>();

        List<Waiter> waiters = new ArrayList<>(0);

        boolean isEmpty() {
            return known == null && rows.isEmpty() && own.isEmpty() && waiters.isEmpty();
        }
    }

    private final Map<String, Procedure> byKey = new HashMap<>();
    private long changes;
    /** The key of the procedure of each row. */
    private final Map<String, String> keyByRow = new HashMap<>();
    /** The claims of this router whose rows have not come back, by row. */
    private final Map<String, Claim> claimByRow = new HashMap<>();

    /** How many changes it was told; who waits for a change compares it, as one may come just before the wait begins. */
    synchronized long changes() {
        return changes;
    }

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

    /** Removes and returns the keys of this router's rows whose registration was replaced. */
    synchronized List<String> takeStale(String key, long registration) {
        Procedure procedure = procedure(key);
        List<String> stale = procedure.own.stream()
                .filter(row -> {
                    SharedCallee callee = procedure.rows.get(row);
                    return callee != null && callee.registration() != registration;
                })
                .toList();
        stale.forEach(procedure.own::remove);
        return stale;
    }

    synchronized boolean hasCallees(String key) {
        Procedure procedure = byKey.get(key);
        return procedure != null && !procedure.rows.isEmpty();
    }

    synchronized boolean hasCallee(String key, long session) {
        Procedure procedure = byKey.get(key);
        return procedure != null && procedure.rows.values().stream().anyMatch(callee -> callee.session() == session);
    }

    synchronized void addOwn(String key, String row, Claim claim) {
        procedure(key).own.add(row);
        claimByRow.put(row, claim);
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

    synchronized void addRow(String key, String row, SharedCallee callee) {
        procedure(key).rows.put(row, callee);
        keyByRow.put(row, key);
    }

    synchronized @Nullable SharedCallee removeRow(String row) {
        String key = keyByRow.remove(row);
        Procedure procedure = key == null ? null : byKey.get(key);
        if (key == null || procedure == null) {
            return null;
        }
        SharedCallee callee = procedure.rows.remove(row);
        tidy(key, procedure);
        return callee;
    }

    synchronized void await(String key, Waiter waiter) {
        procedure(key).waiters.add(waiter);
    }

    /** Returns whether the waiter was still waiting. */
    synchronized boolean remove(String key, Waiter waiter) {
        Procedure procedure = byKey.get(key);
        if (procedure == null || !procedure.waiters.remove(waiter)) {
            return false;
        }
        tidy(key, procedure);
        return true;
    }

    /** Something about a procedure has changed: removes and returns what waits for that. */
    synchronized List<Waiter> takeWaiters(String key) {
        changes++;
        Procedure procedure = byKey.get(key);
        if (procedure == null || procedure.waiters.isEmpty()) {
            return List.of();
        }
        List<Waiter> taken = procedure.waiters;
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
