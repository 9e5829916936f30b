package io.junctor.router.authentication.method;

import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.Dict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What all methods do in the same way. Thread-safe. */
final class Verification {
    /** HELLO without the authid that a method needs; nothing is told by it, as it does not depend on who is known. */
    static final AuthenticationStep.Refused NO_AUTHID = new AuthenticationStep.Refused(new JoinRefused(
            JoinRefused.DENIED.reason(), "this method needs an 'authid' in the details of HELLO", Dict.EMPTY));

    private Verification() {}

    /** Lets a client in if its proof holds; the same for clients that are unknown, whose proof never does. */
    static AuthenticationStep judge(
            boolean holds, Principal principal, String authid, Dict authextra, AuthenticationContext tools) {
        tools.counters().increment(Counter.CREDENTIALS_CHECKED);
        return holds ? granted(principal, authid, authextra) : new AuthenticationStep.Refused(JoinRefused.DENIED);
    }

    static AuthenticationStep granted(Principal principal, String authid, Dict authextra) {
        Dict extra = principal.extra().with().putAll(authextra).build();
        String name = principal.authid();
        return new AuthenticationStep.Granted(principal, name == null ? authid : name, extra);
    }

    /** Compares in a time that tells nothing about where they differ. */
    static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** An authenticator gave a credential that does not go with the method: its mistake, not the client's. */
    static IllegalStateException unfit(AuthMethod method, Credential credential) {
        return new IllegalStateException("the authenticator gave a credential that does not fit " + method.wire() + ": "
                + credential.getClass().getSimpleName());
    }
}
