package io.junctor.router.dealer;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.memory.HeapEstimate;
import io.junctor.router.reply.Refusal;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open call: from its CALL to its final RESULT or ERROR. Confined to the realm's turn. */
final class PendingCall {
    static final long NO_DEADLINE = -1;
    /** The value of {@link #openedNanos} for a call whose duration is not measured. */
    static final long NOT_TIMED = Long.MIN_VALUE;

    /** The bytes of heap that an open call uses in addition to its parts of variable length. */
    private static final int OVERHEAD_BYTES = 256;

    /**
     * The placement of a call by another router, which has selected the callee.
     *
     * @param details the details of INVOCATION
     * @param giveBack returns the call to that router, which may select another callee
     */
    record Placement(InvocationDetails details, Consumer<Refusal> giveBack) {}

    /** The location of the call. */
    enum Location {
        /** Not at a callee: before it is sent, or after its end. */
        NOWHERE,
        /** In the queue of its registration, until a callee is free. */
        WAITING,
        /** At its callee, or in the outbox of a callee that left. */
        SENT
    }

    final SessionCalls caller;
    final long request;
    final Uri procedure;
    final CallMessageOptions options;
    final SenderDisclosure disclosure;

    /** Not null if another router has selected the callee; then this router does not move the call to another callee. */
    final @Nullable Placement placed;

    Callee callee;
    /** The session of the callee while the call is at the callee; otherwise null. */
    private @Nullable SessionCalls holder;

    long invocation;
    Location location = Location.NOWHERE;
    /** Whether the caller canceled with mode kill: the callee was interrupted and the caller waits for its answer. */
    boolean killed;
    /** Whether the caller will send more CALL messages for this call (progressive call). */
    boolean expectsMoreParts;
    /** The number of the call in the order of its caller's calls. */
    final long order;
    /** Whether the call has been at this callee of another router for some seconds. */
    boolean isOld;
    /** Whether the router of its callee has returned the call. */
    boolean isGivenBack;
    /** Whether a progressive result or a further CALL was passed on: from then on the call stays with its callee. */
    boolean hasProgressed;
    /** The timer of its timeout, or {@link #NO_DEADLINE}. */
    long deadline = NO_DEADLINE;
    /** The time at which the call was opened, or {@link #NOT_TIMED}. */
    long openedNanos = NOT_TIMED;
    /** The time at which the call was sent to the callee that enforces the timeout, if {@link #timedByCallee}. */
    long timedSinceNanos;

    boolean timedByCallee;

    /** The bytes of heap that the call uses in addition to its arguments and further CALL messages. */
    final long heldBytes;
    /** The arguments of the call, if another callee may need them. */
    private @Nullable Payload keptArguments;
    /** Further CALL messages that arrived before the call was sent to a callee. */
    private @Nullable List<Call> parts;
    /** The sessions of the callees that did not accept the call. None of these sessions gets the call again, even if it registers again. */
    private @Nullable Set<Long> tried;

    @InTurn
    PendingCall(SessionCalls caller, Call call, SenderDisclosure disclosure, Callee callee) {
        this(caller, call, disclosure, callee, null);
    }

    @InTurn
    PendingCall(
            SessionCalls caller, Call call, SenderDisclosure disclosure, Callee callee, @Nullable Placement placed) {
        this.placed = placed;
        this.caller = caller;
        this.order = caller.nextOrder();
        this.request = call.request();
        this.procedure = call.procedure();
        // The caller's connection has removed the unknown options except the trace context, which the callee gets.
        this.options = call.options();
        this.heldBytes = heldBytes(procedure, options);
        this.disclosure = disclosure;
        this.callee = callee;
        this.expectsMoreParts = options.progress();
    }

    /** Records that the call was sent to its callee with this invocation id. */
    @InTurn
    void sentAs(long id) {
        invocation = id;
        location = Location.SENT;
        isOld = false;
        SessionCalls sentTo = callee.sessionCalls();
        holder = sentTo;
        sentTo.invocations.put(id, this);
        sentTo.countInvocations(1);
        callee.registration.count(callee, 1);
        caller.onSent(this);
    }

    /** Records that the call is no longer at its callee. */
    @InTurn
    void detach() {
        SessionCalls left = holder();
        left.invocations.remove(invocation);
        left.countInvocations(-1);
        callee.registration.count(callee, -1);
        location = Location.NOWHERE;
        holder = null;
    }

    /** The session of its callee. */
    @InTurn
    SessionCalls holder() {
        return holder == null ? callee.sessionCalls() : holder;
    }

    /** Whether the call is at a callee that is still connected. */
    @InTurn
    boolean isWithCallee() {
        return holder != null && holder.session.isOpen();
    }

    /** Whether the caller accepts progressive results and the INVOCATION contained {@code receive_progress}. */
    @InTurn
    boolean wantsProgress() {
        return options.receiveProgress() && holder().acceptsProgress;
    }

    /** The sessions of the callees that did not accept the call, as an unmodifiable set. */
    @InTurn
    Set<Long> tried() {
        return tried == null ? Set.of() : tried;
    }

    /** Whether the call may go from the queue to {@code free}. */
    @InTurn
    boolean mayGoTo(Callee free) {
        return placed == null ? !tried().contains(free.session()) : callee == free;
    }

    /** Records that its callee did not accept it. */
    @InTurn
    void avoidCallee() {
        if (tried == null) {
            tried = new HashSet<>();
        }
        tried.add(callee.session());
    }

    // ---- Memory: limited by the caller's outbox.

    private static long heldBytes(Uri procedure, CallMessageOptions options) {
        return OVERHEAD_BYTES + HeapEstimate.of(procedure.text()) + HeapEstimate.of(options);
    }

    private static long heldBytes(Call part) {
        return heldBytes(part.procedure(), part.options()) + part.payload().heldBytes();
    }

    @InTurn
    @Nullable
    Payload keptArguments() {
        return keptArguments;
    }

    /** Keeps its arguments; returns false if the caller has no room for them. */
    @InTurn
    boolean keep(Payload arguments) {
        if (keptArguments == null && caller.mayKeep(arguments.heldBytes())) {
            keptArguments = arguments;
            caller.countMovable(1);
            caller.hold(arguments.heldBytes());
        }
        return keptArguments != null;
    }

    /** Keeps a further CALL; returns false if the caller has no room for it. */
    @InTurn
    boolean keep(Call part) {
        long bytes = heldBytes(part);
        if (!caller.mayKeep(bytes)) {
            return false;
        }
        if (parts == null) {
            parts = new ArrayList<>();
        }
        parts.add(part);
        caller.hold(bytes);
        return true;
    }

    /** Whether further CALL messages are kept. */
    @InTurn
    boolean hasParts() {
        return parts != null;
    }

    /** Removes and returns the further CALL messages, in order. */
    @InTurn
    List<Call> takeParts() {
        List<Call> taken = parts == null ? List.of() : parts;
        parts = null;
        taken.forEach(part -> caller.hold(-heldBytes(part)));
        return taken;
    }

    /** Releases its arguments. */
    @InTurn
    void releaseArguments() {
        if (keptArguments != null) {
            caller.hold(-keptArguments.heldBytes());
            keptArguments = null;
            caller.countMovable(-1);
        }
    }
}
