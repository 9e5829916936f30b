package io.junctor.router.cluster;

import io.junctor.wamp.value.WampError;

/** A request to register a callee on all routers; its methods receive the outcome, outside of the turn, on any thread. */
public interface RegistrationClaim {
    /** Draws a random id for a new registration. */
    long newRegistration();

    /** The request has to be decided again, because another router was faster, or is about to release the procedure. */
    void decideAnew();

    /** The session does not become a callee; {@code why} is a text for a person. */
    void fail(WampError error, String why);
}
