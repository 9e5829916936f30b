package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;

/** Belongs to the turn. A call that has no final answer yet, known to its caller and its callee. */
final class PendingCall {
    final Party caller;
    final long request;
    final Party callee;
    final long invocation;
    /** The callee was told to stop and the caller waits for what it answers. */
    boolean killed;

    PendingCall(Party caller, long request, Party callee, long invocation) {
        this.caller = caller;
        this.request = request;
        this.callee = callee;
        this.invocation = invocation;
    }

    @InTurn
    void open() {
        caller.calls.put(request, this);
        callee.invocations.put(invocation, this);
    }

    /** Both sides forget it: whoever comes later finds nothing. */
    @InTurn
    void done() {
        caller.calls.remove(request);
        callee.invocations.remove(invocation);
    }
}
