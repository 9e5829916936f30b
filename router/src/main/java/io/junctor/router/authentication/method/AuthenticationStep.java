package io.junctor.router.authentication.method;

import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;
import java.util.function.Function;

/** Immutable. What comes next on the way from {@code HELLO} to {@code WELCOME}. */
public sealed interface AuthenticationStep
        permits AuthenticationStep.Challenge, AuthenticationStep.Granted, AuthenticationStep.Refused {
    /**
     * Immutable. The client has to answer.
     *
     * @param extra what {@code CHALLENGE} carries
     * @param reply judges the answer, once; to be called on a worker
     */
    record Challenge(Dict extra, Function<Authenticate, AuthenticationStep> reply) implements AuthenticationStep {}

    /**
     * Immutable. The client is who it says.
     *
     * @param principal who it is
     * @param authid its authid
     * @param authextra what {@code WELCOME} carries for the method
     */
    record Granted(Principal principal, String authid, Dict authextra) implements AuthenticationStep {}

    /**
     * The client does not join.
     *
     * @param reason what {@code ABORT} says
     */
    record Refused(JoinRefused reason) implements AuthenticationStep {}
}
