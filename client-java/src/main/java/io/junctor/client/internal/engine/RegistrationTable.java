package io.junctor.client.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Used under the session's lock. The handlers of registrations, and the invocations that run. */
final class RegistrationTable {
    /**
     * A registered procedure.
     *
     * @param label what logs call it
     * @param inParts whether its handler takes calls in parts
     * @param handler who answers
     * @param revoked completes with the reason when the router ends it
     */
    record Procedure(String label, boolean inParts, InvocationCallback handler, CompletableFuture<String> revoked) {}

    private final Map<Long, Procedure> procedureById = new HashMap<>();
    private final Map<Long, InvocationTask> runByRequest = new HashMap<>();
    private long lastInvocation;

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

    /** The router ended a registration. Returns what is to be done once the lock is free. */
    Runnable revokedLocked(long registration, String reason) {
        Procedure procedure = procedureById.remove(registration);
        return procedure == null ? () -> {} : () -> procedure.revoked.complete(reason);
    }

    /** The open invocation of that id, or null. */
    @Nullable
    InvocationTask runLocked(long request) {
        return runByRequest.get(request);
    }

    /** Whether an invocation of that id comes for the first time; gaps are fine. */
    boolean isNewLocked(long request) {
        boolean isNew = request > lastInvocation;
        lastInvocation = Math.max(request, lastInvocation);
        return isNew;
    }

    /** The session is over. */
    void endedLocked() {
        runByRequest.values().forEach(InvocationTask::endedLocked);
    }

    void openLocked(long request, InvocationTask run) {
        runByRequest.put(request, run);
    }

    void doneLocked(long request) {
        runByRequest.remove(request);
    }

    /** Tells a running invocation to stop; does nothing where it is unknown or done. */
    void interruptLocked(long request) {
        InvocationTask run = runByRequest.get(request);
        if (run != null) {
            run.interruptLocked();
        }
    }
}
