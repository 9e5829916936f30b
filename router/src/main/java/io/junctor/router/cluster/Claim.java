package io.junctor.router.cluster;

import io.junctor.wamp.value.WampError;

/** Is told what became of a request to register a callee, once, outside of the turn, on any thread. */
public interface Claim {
    /** Draws a random id for a new registration. */
    long newRegistration();

    /** Another router was faster, or is about to release the procedure: the request is to be decided anew. */
    void decideAnew();

    /** The session does not become a callee; {@code why} is for people. */
    void fail(WampError error, String why);
}
