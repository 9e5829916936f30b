package io.junctor.router.cluster;

import io.junctor.wamp.value.WampError;

/** Receives the outcome of a request to register a callee. It is called once, outside of the turn, on any thread. */
public interface Claim {
    /** Draws a random id for a new registration. */
    long newRegistration();

    /** The request has to be decided again, because another router was faster, or is about to release the procedure. */
    void decideAnew();

    /** The session does not become a callee; {@code why} is a text for a person. */
    void fail(WampError error, String why);
}
