package io.junctor.cluster.call;

import io.junctor.wamp.message.Invocation;

/** An item in a {@link RouterQueue}, which guards it. */
final class WaitingItem {
    /** How long an invocation is tried that reached no router. */
    private static final long CALL_PATIENCE_NANOS = 2_000_000_000L;
    /** How long anything else is tried: longer than a router is declared dead. */
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    final CallItem item;
    /** The weights of all items to the router before this one. */
    final long start;
    /** The weights of all items to the router up to this one. */
    final long position;
    /** When it was sent first and reached no router. */
    private long unheardNanos;

    private boolean isUnheard;

    WaitingItem(CallItem item, long start, long position) {
        this.item = item;
        this.start = start;
        this.position = position;
    }

    /** Whether it is a call that goes to another callee when it reaches no router. */
    boolean mayGoElsewhere() {
        return isInvocation() && item instanceof CallItem.ToCallee to && to.isShared();
    }

    /** It reached no router. */
    void unheard(long nanos) {
        if (!isUnheard) {
            isUnheard = true;
            unheardNanos = nanos;
        }
    }

    /** Whether it is tried no more. */
    boolean isTooOld(long nanos) {
        return isUnheard && nanos - unheardNanos >= (isInvocation() ? CALL_PATIENCE_NANOS : PATIENCE_NANOS);
    }

    private boolean isInvocation() {
        return item instanceof CallItem.ToCallee to && to.message() instanceof Invocation;
    }
}
