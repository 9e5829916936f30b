package io.junctor.client.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The handlers of this session's registrations, and the running invocations. Used with the session's lock held. */
final class RegistrationTable {
    /**
     * A registered procedure.
     *
     * @param label the procedure, for logs
     * @param inParts whether the handler accepts progressive call invocations
     * @param handler the handler
     * @param revoked completes with the reason when the router revokes the registration
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

    /** Notes that the router revoked a registration. Returns an action to run without the lock. */
    Runnable revokedLocked(long registration, String reason) {
        Procedure procedure = procedureById.remove(registration);
        return procedure == null ? () -> {} : () -> procedure.revoked.complete(reason);
    }

    /** The running invocation with this request id, or null. */
    @Nullable
    InvocationTask runLocked(long request) {
        return runByRequest.get(request);
    }

    /** Returns whether this request id is higher than all earlier ones. Ids may have gaps. */
    boolean isNewLocked(long request) {
        boolean isNew = request > lastInvocation;
        lastInvocation = Math.max(request, lastInvocation);
        return isNew;
    }

    /** Notes that the session has ended. */
    void endedLocked() {
        runByRequest.values().forEach(InvocationTask::endedLocked);
    }

    void openLocked(long request, InvocationTask run) {
        runByRequest.put(request, run);
    }

    void doneLocked(long request) {
        runByRequest.remove(request);
    }

    /** Interrupts a running invocation. Has no effect if no invocation has this id. */
    void interruptLocked(long request) {
        InvocationTask run = runByRequest.get(request);
        if (run != null) {
            run.interruptLocked();
        }
    }
}
