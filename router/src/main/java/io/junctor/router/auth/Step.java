package io.junctor.router.auth;

import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;
import java.util.function.Function;

/** Immutable. What comes next on the way from {@code HELLO} to {@code WELCOME}. */
public sealed interface Step permits Step.Challenge, Step.Granted, Refused {
    /**
     * Immutable. The client has to answer.
     *
     * @param extra what {@code CHALLENGE} carries
     * @param reply judges the answer, once; to be called on a worker
     */
    record Challenge(Dict extra, Function<Authenticate, Step> reply) implements Step {}

    /**
     * Immutable. The client is who it says.
     *
     * @param principal who it is
     * @param authid its authid
     * @param authextra what {@code WELCOME} carries for the method
     */
    record Granted(Principal principal, String authid, Dict authextra) implements Step {}
}
