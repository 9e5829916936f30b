package io.junctor.router.authentication.method;

import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.Dict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Verifies credentials: the steps that all authentication methods have in common. Thread-safe. */
final class CredentialVerifier {
    /** Refuses a HELLO without the authid that the method requires. The refusal does not depend on whether a user is known. */
    static final AuthenticationStep.Refused NO_AUTHID = new AuthenticationStep.Refused(new JoinRefused(
            JoinRefused.DENIED.reason(), "this method needs an 'authid' in the details of HELLO", Dict.EMPTY));

    private CredentialVerifier() {}

    /** Admits a client if its proof is valid. Unknown clients are handled in the same way; their proof is never valid. */
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

    /** Compares two texts in a time that does not depend on where they differ. */
    static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** The exception for an authenticator that returned a credential of another method: the authenticator's fault, not the client's. */
    static IllegalStateException unfit(AuthMethod method, Credential credential) {
        return new IllegalStateException("the authenticator gave a credential that does not fit " + method.wire() + ": "
                + credential.getClass().getSimpleName());
    }
}
