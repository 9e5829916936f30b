package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queue of calls of a registration for which no callee is free, in order of arrival. Confined to the realm's turn.
 */
final class WaitingCalls {
    private @Nullable Set<PendingCall> calls;

    @InTurn
    boolean isEmpty() {
        return calls == null;
    }

    @InTurn
    int size() {
        return calls == null ? 0 : calls.size();
    }

    @InTurn
    void add(PendingCall call) {
        if (calls == null) {
            calls = new LinkedHashSet<>();
        }
        calls.add(call);
    }

    @InTurn
    void remove(PendingCall call) {
        if (calls != null && calls.remove(call) && calls.isEmpty()) {
            calls = null;
        }
    }

    /** The first call that may go to {@code callee}, or null. */
    @InTurn
    @Nullable
    PendingCall firstFor(Callee callee) {
        if (calls != null) {
            for (PendingCall call : calls) {
                if (call.mayGoTo(callee)) {
                    return call;
                }
            }
        }
        return null;
    }

    /** A copy of the queue, in order. */
    @InTurn
    List<PendingCall> all() {
        return calls == null ? List.of() : new ArrayList<>(calls);
    }
}
