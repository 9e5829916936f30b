package io.junctor.cluster.call;

import io.junctor.wamp.message.Invocation;

/** An item in a {@link RouterQueue}, which guards it. */
final class WaitingItem {
    /** How long an INVOCATION that reached no router is tried again. */
    private static final long CALL_PATIENCE_NANOS = 2_000_000_000L;
    /** How long any other item is tried again: longer than it takes until a router is declared dead. */
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    final CallItem item;
    /** The sum of the weights of all items to the router before this one. */
    final long start;
    /** The sum of the weights of all items to the router up to and including this one. */
    final long position;
    /** When the item reached no router for the first time. */
    private long unheardNanos;

    private boolean isUnheard;

    WaitingItem(CallItem item, long start, long position) {
        this.item = item;
        this.start = start;
        this.position = position;
    }

    /** Whether the item is an INVOCATION that may go to another callee if it reaches no router. */
    boolean mayGoElsewhere() {
        return isInvocation() && item instanceof CallItem.ToCallee to && to.isShared();
    }

    /** Notes that the item reached no router. */
    void unheard(long nanos) {
        if (!isUnheard) {
            isUnheard = true;
            unheardNanos = nanos;
        }
    }

    /** Whether the item has been tried for so long that it is not sent again. */
    boolean isTooOld(long nanos) {
        return isUnheard && nanos - unheardNanos >= (isInvocation() ? CALL_PATIENCE_NANOS : PATIENCE_NANOS);
    }

    private boolean isInvocation() {
        return item instanceof CallItem.ToCallee to && to.message() instanceof Invocation;
    }
}
