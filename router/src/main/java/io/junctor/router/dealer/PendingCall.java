package io.junctor.router.dealer;

import io.junctor.router.authorization.Grant;
import io.junctor.router.connection.HeldBytes;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. A call that has no final answer yet, known to its caller and its callee. */
final class PendingCall {
    static final long NO_DEADLINE = -1;

    /** What an open call takes besides its parts of any length. */
    private static final int OVERHEAD_BYTES = 256;

    /** Where a call is. */
    enum Place {
        /** With nobody: on its way to a callee, or over. */
        NOWHERE,
        /** With its registration, until a callee has room. */
        WAITING,
        /** With its callee, or in the outbox of one that left. */
        SENT
    }

    final SessionCalls caller;
    final long request;
    final Uri procedure;
    final CallMessageOptions options;
    final Grant grant;

    Callee callee;
    long invocation;
    Place place = Place.NOWHERE;
    /** The callee was told to stop and the caller waits for what it answers. */
    boolean killed;
    /** More parts of the call will come. */
    boolean expectsMoreParts;
    /** It had a result or another part: it stays with its callee. */
    boolean hasProgressed;
    /** When it times out, or {@link #NO_DEADLINE}. */
    long deadline = NO_DEADLINE;
    /** Since when its callee keeps the timeout, if {@link #timedByCallee}. */
    long timedSinceNanos;

    boolean timedByCallee;

    /** What it keeps of the heap besides arguments and later parts. */
    final long heldBytes;
    /** Its arguments, where another callee may need them. */
    private @Nullable Payload keptArguments;
    /** Later parts that came before the call went to a callee. */
    private @Nullable List<Call> parts;
    /** Who could not take it: each callee is asked once, also if it registers anew. */
    private @Nullable Set<SessionCalls> tried;

    PendingCall(SessionCalls caller, Call call, Grant grant, Callee callee) {
        this.caller = caller;
        this.request = call.request();
        this.procedure = call.procedure();
        // Only this goes on to a callee.
        this.options = call.options().withoutExtra();
        this.heldBytes = heldBytes(procedure, options);
        this.grant = grant;
        this.callee = callee;
        this.expectsMoreParts = options.progress();
    }

    /** It has gone to its callee. */
    @InTurn
    void sentAs(long id) {
        invocation = id;
        place = Place.SENT;
        callee.sessionCalls.invocations.put(id, this);
        callee.registration.count(callee, 1);
    }

    /** Whether a callee has it that may answer. */
    @InTurn
    boolean isWithCallee() {
        return place == Place.SENT && callee.sessionCalls.session.isOpen();
    }

    /** Whether partial results are welcome, and its callee is told so. */
    @InTurn
    boolean wantsProgress() {
        return options.receiveProgress() && callee.sessionCalls.takesProgress;
    }

    /** Those that could not take it; not to be changed. */
    @InTurn
    Set<SessionCalls> tried() {
        return tried == null ? Set.of() : tried;
    }

    /** Its callee could not take it. */
    @InTurn
    void avoidCallee() {
        if (tried == null) {
            tried = new HashSet<>();
        }
        tried.add(callee.sessionCalls);
    }

    // ---- What is keptArguments of it, only as far as the caller's outbox would.

    private static long heldBytes(Uri procedure, CallMessageOptions options) {
        return OVERHEAD_BYTES + HeldBytes.of(procedure.text()) + HeldBytes.of(options);
    }

    private static long heldBytes(Call part) {
        return heldBytes(part.procedure(), part.options()) + part.payload().heldBytes();
    }

    @InTurn
    @Nullable
    Payload keptArguments() {
        return keptArguments;
    }

    /** Keeps its arguments; false if they are too many. */
    @InTurn
    boolean keep(Payload arguments) {
        if (keptArguments == null && caller.mayKeep(arguments.heldBytes())) {
            keptArguments = arguments;
            caller.keptBytes += arguments.heldBytes();
        }
        return keptArguments != null;
    }

    /** Keeps a later part; false if its arguments are too many. */
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
        caller.keptBytes += bytes;
        return true;
    }

    /** Whether parts wait behind the first. */
    @InTurn
    boolean hasParts() {
        return parts != null;
    }

    /** The parts that were keptArguments, in order; they are no longer. */
    @InTurn
    List<Call> takeParts() {
        List<Call> taken = parts == null ? List.of() : parts;
        parts = null;
        taken.forEach(part -> caller.keptBytes -= heldBytes(part));
        return taken;
    }

    /** Its arguments are keptArguments no longer. */
    @InTurn
    void releaseArguments() {
        if (keptArguments != null) {
            caller.keptBytes -= keptArguments.heldBytes();
            keptArguments = null;
        }
    }
}
