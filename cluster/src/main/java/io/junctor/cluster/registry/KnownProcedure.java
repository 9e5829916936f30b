package io.junctor.cluster.registry;

import io.junctor.cluster.protocol.ProcedureRecord;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.match.LongMap;
import io.junctor.router.turn.Timers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a procedure as a router knows it. The fields save memory, because there may be many procedures, most of which have only one
 * callee, of another router. Guarded by {@link RegistryTable}.
 */
final class KnownProcedure {
    /** A callee, and the revision of the entry in which it stands. */
    record Row(SharedCallee callee, long revision) {}

    /** An action that runs when the state of a procedure changes. */
    static final class Waiter implements Runnable {
        private final Runnable action;
        /** The timer that ends the wait after some time. Set by the thread that waits. */
        volatile Timers.@Nullable Timer patience;

        Waiter(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            Timers.Timer timer = patience;
            if (timer != null) {
                timer.cancel();
            }
            action.run();
        }
    }

    @Nullable
    ProcedureRecord record;

    long revision;
    /** The callee in the record of a procedure that is not shared, as it was reported last; else null. */
    @Nullable
    SharedCallee holder;
    /** The row, if the procedure has exactly one; else null. */
    @Nullable
    SharedCallee callee;

    long calleeRevision;
    /** The rows by session; null before there are two. */
    @Nullable
    LongMap<Row> rows;
    /** The callees of this router that are stored or are being stored, by their ids; null for none. */
    @Nullable
    Map<String, RegistryTable.Own> own;

    @Nullable
    List<Waiter> waiters;

    boolean isEmpty() {
        return record == null && !hasCallees() && own == null && waiters == null;
    }

    void note(ProcedureRecord noted, long at) {
        if (record == null || revision < at) {
            record = noted;
            revision = at;
        }
    }

    boolean names(long router) {
        return record != null && record.routers().contains(router);
    }

    /** Whether the record was reported and its deletion was not. */
    boolean hasRecord() {
        return record != null || holder != null;
    }

    // ---- Callees of this router.

    Collection<RegistryTable.Own> own() {
        return own == null ? List.of() : own.values();
    }

    RegistryTable.@Nullable Own own(String id) {
        return own == null ? null : own.get(id);
    }

    void add(RegistryTable.Own added) {
        own = own == null ? new HashMap<>(2) : own;
        own.put(added.id(), added);
    }

    void removeOwn(String id) {
        if (own != null && own.remove(id) != null && own.isEmpty()) {
            own = null;
        }
    }

    /** Whether the entry of a callee of this router was reported. */
    boolean isStored(RegistryTable.Own wanted) {
        SharedCallee stored = wanted.isHolder() ? holder : row(wanted.callee().session());
        return stored != null
                && stored.router() == wanted.callee().router()
                && stored.registration() == wanted.callee().registration();
    }

    // ---- Callees of all routers.

    boolean hasCallees() {
        return holder != null || callee != null || rows != null;
    }

    /** The holder and the callees that have rows. */
    Collection<Row> callees() {
        if (holder == null) {
            return rows();
        }
        List<Row> all = new ArrayList<>(rows());
        all.add(new Row(holder, revision));
        return all;
    }

    Collection<Row> rows() {
        if (rows != null) {
            return rows.values();
        }
        return callee == null ? List.of() : List.of(new Row(callee, calleeRevision));
    }

    @Nullable
    SharedCallee row(long session) {
        if (rows != null) {
            Row row = rows.get(session);
            return row == null ? null : row.callee;
        }
        return callee != null && callee.session() == session ? callee : null;
    }

    /** Stores a row; returns whether its session had no row before. */
    boolean put(SharedCallee added, long at) {
        boolean isNew = row(added.session()) == null;
        if (rows == null && isNew && callee != null) {
            rows = new LongMap<>();
            rows.put(callee.session(), new Row(callee, calleeRevision));
            callee = null;
        }
        if (rows != null) {
            rows.put(added.session(), new Row(added, at));
        } else {
            callee = added;
            calleeRevision = at;
        }
        return isNew;
    }

    @Nullable
    SharedCallee removeRow(long session) {
        SharedCallee removed = row(session);
        if (rows == null) {
            callee = removed == null ? callee : null;
        } else {
            rows.remove(session);
            rows = rows.isEmpty() ? null : rows;
        }
        return removed;
    }
}
