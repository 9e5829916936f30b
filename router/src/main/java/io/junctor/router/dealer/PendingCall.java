package io.junctor.router.dealer;

import io.junctor.router.access.Grant;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.options.CallOptions;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. A call that has no final answer yet, known to its caller and its callee. */
final class PendingCall {
    static final long NO_DEADLINE = -1;

    /** The call and what holds for it, where it may have to be sent again or goes on. */
    record Opening(Call call, Grant grant) {}

    final Party caller;
    final long request;
    final boolean wantsProgress;
    final long timeoutMillis;

    Callee callee;
    long invocation;
    /** The callee was told to stop and the caller waits for what it answers. */
    boolean killed;
    /** More parts of the call will come. */
    boolean goesOn;
    /** It had a result or another part: it stays with its callee. */
    boolean begun;
    /** Its arguments are kept, as another callee may need them. */
    boolean mayMove;
    /** When it times out, or {@link #NO_DEADLINE}. */
    long deadline = NO_DEADLINE;

    @Nullable
    Opening opening;

    private @Nullable Set<Callee> tried;

    PendingCall(Party caller, Call call, Callee callee) {
        this.caller = caller;
        this.request = call.request();
        this.callee = callee;
        CallOptions options = call.options();
        this.wantsProgress = options.receiveProgress();
        this.timeoutMillis = options.timeoutMillis();
        this.goesOn = options.progress();
    }

    /** Goes to the next callee that was not tried; false if there is none. */
    @InTurn
    boolean moveOn() {
        if (!callee.registration.isShared()) {
            return false;
        }
        if (tried == null) {
            tried = new HashSet<>();
        }
        tried.add(callee);
        Callee next = callee.registration.after(callee, tried);
        if (next != null) {
            callee = next;
        }
        return next != null;
    }

    @InTurn
    void sentAs(long id) {
        invocation = id;
        callee.party.invocations.put(id, this);
    }
}
