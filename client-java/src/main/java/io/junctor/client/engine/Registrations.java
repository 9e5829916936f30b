package io.junctor.client.engine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Used under the session's lock. The handlers of registrations, and the invocations that run. */
final class Registrations {
    /** A registered procedure; the label is what logs call it. */
    record Procedure(String label, InvocationTarget handler) {}

    private final Map<Long, Procedure> procedureById = new HashMap<>();
    private final Map<Long, InvocationRun> runByRequest = new HashMap<>();

    void addLocked(long registration, Procedure procedure) {
        procedureById.put(registration, procedure);
    }

    void removeLocked(long registration) {
        procedureById.remove(registration);
    }

    @Nullable
    Procedure procedureLocked(long registration) {
        return procedureById.get(registration);
    }

    /** Whether an invocation of that id is open. */
    boolean isOpenLocked(long request) {
        return runByRequest.containsKey(request);
    }

    void openLocked(long request, InvocationRun run) {
        runByRequest.put(request, run);
    }

    void doneLocked(long request) {
        runByRequest.remove(request);
    }

    /** Tells a running invocation to stop; does nothing where it is unknown or done. */
    void interruptLocked(long request) {
        InvocationRun run = runByRequest.get(request);
        if (run != null) {
            run.interruptLocked();
        }
    }
}
