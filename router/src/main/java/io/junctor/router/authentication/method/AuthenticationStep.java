package io.junctor.router.authentication.method;

import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The next step on the way from {@code HELLO} to {@code WELCOME}. */
public sealed interface AuthenticationStep
        permits AuthenticationStep.Challenge, AuthenticationStep.Granted, AuthenticationStep.Refused {
    /**
     * The client has to answer a {@code CHALLENGE}.
     *
     * @param extra the extra of {@code CHALLENGE}
     * @param reply checks the answer; called once, on a worker
     */
    record Challenge(Dict extra, Function<Authenticate, AuthenticationStep> reply) implements AuthenticationStep {}

    /**
     * The client is authenticated.
     *
     * @param principal the client
     * @param authid its authid, or null if the router makes a random one
     * @param authextra the {@code authextra} of {@code WELCOME}
     */
    record Granted(Principal principal, @Nullable String authid, Dict authextra) implements AuthenticationStep {}

    /**
     * The client is refused.
     *
     * @param reason the content of {@code ABORT}
     */
    record Refused(JoinRefused reason) implements AuthenticationStep {}
}
