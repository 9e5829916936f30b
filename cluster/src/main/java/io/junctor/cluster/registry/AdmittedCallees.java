package io.junctor.cluster.registry;

import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.SharedCallee;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the realm on this router which callees are registered on all routers, in the order of the store. Thread-safe. */
final class AdmittedCallees {
    private final long router;
    private final RealmPort port;
    private final RegistryTable table;
    private final RegistryKeys keys;
    private final RegistryEntries entries;
    private final ProcedureChanges changes;
    /** Guards the order in which the port is told callees. */
    private final Object order = new Object();

    AdmittedCallees(
            long router,
            RealmPort port,
            RegistryTable table,
            RegistryKeys keys,
            RegistryEntries entries,
            ProcedureChanges changes) {
        this.router = router;
        this.port = port;
        this.table = table;
        this.keys = keys;
        this.entries = entries;
        this.changes = changes;
    }

    /** Admits a callee of a shared procedure. */
    void admit(String key, SharedCallee callee, long revision) {
        synchronized (order) {
            // In this order: who sees the row finds the callee admitted.
            port.admit(callee);
            add(key, callee, revision);
        }
        changes.wake(key);
    }

    /** Adds the row of a callee of this router, which was admitted before. */
    void add(String key, SharedCallee callee, long revision) {
        if (table.addRow(key, callee, revision)) {
            entries.add();
        }
    }

    /** Removes and returns the callee with this row, or null if there is none. */
    @Nullable
    SharedCallee remove(String row) {
        synchronized (order) {
            SharedCallee callee = table.removeRow(row);
            if (callee != null) {
                entries.remove(1);
                dismiss(callee);
            }
            return callee;
        }
    }

    /**
     * Makes a callee the holder of a procedure that is not shared; it replaces the former holder.
     *
     * @param isAdmitted whether it is a callee of this router that was admitted before
     */
    void hold(String key, SharedCallee holder, boolean isAdmitted) {
        synchronized (order) {
            if (!isAdmitted) {
                port.admit(holder);
            }
            SharedCallee former = table.setHolder(key, holder);
            if (former == null) {
                entries.add();
            } else if (former.registration() != holder.registration()) {
                dismiss(former);
            }
        }
        changes.wake(key);
    }

    /** Removes and returns the holder of a procedure, or null if it has none. */
    @Nullable
    SharedCallee removeHolder(String key) {
        synchronized (order) {
            SharedCallee former = table.setHolder(key, null);
            if (former != null) {
                entries.remove(1);
                dismiss(former);
            }
            return former;
        }
    }

    private void dismiss(SharedCallee callee) {
        if (callee.router() != router) {
            port.dismiss(callee);
        }
    }

    /** Admits the callees of a router that was gone and is there again, as they are stored. */
    void readmit(long other) {
        List<SharedCallee> callees;
        synchronized (order) {
            callees = table.callees(other);
            callees.forEach(port::admit);
        }
        callees.forEach(callee -> changes.wake(keys.record(callee)));
    }
}
