package io.junctor.cluster.call;

import io.junctor.router.cluster.LivenessSignal;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;

/** An item that is sent to another router, about a session of that router or of this one. */
sealed interface CallItem permits CallItem.ToCallee, CallItem.FromCallee, CallItem.GivenBack, CallItem.Signaled {
    /** The session that the item concerns. */
    long session();

    /** The size of the arguments in bytes. */
    int bytes();

    /**
     * An INVOCATION, INTERRUPT or another message to a callee.
     *
     * @param isShared whether the call may go to another callee at once; of no use to the router of the callee
     */
    record ToCallee(long session, FromRouter message, boolean isShared) implements CallItem {
        @Override
        public int bytes() {
            return message.payload().length();
        }
    }

    /** A YIELD or ERROR of a callee. */
    record FromCallee(long session, FromClient message) implements CallItem {
        @Override
        public int bytes() {
            return message.payload().length();
        }
    }

    /** An INVOCATION that no callee has received. */
    record GivenBack(long session, ErrorMessage error) implements CallItem {
        @Override
        public int bytes() {
            return error.payload().length();
        }
    }

    /** A signal about a callee. */
    record Signaled(long session, LivenessSignal signal) implements CallItem {
        @Override
        public int bytes() {
            return 0;
        }
    }
}
