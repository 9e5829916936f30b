package io.junctor.router.authentication.method;

import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.CraChallenge;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Authenticates a client that signs a text with the shared secret (section "Challenge Response Authentication"). */
record WampCraFlow(Authenticator authenticator, String provider, AuthenticationContext tools)
        implements AuthenticationFlow {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public AuthenticationStep begin(AuthenticationRequest request, ChannelBindings channel) {
        String authid = request.authid();
        if (authid == null) {
            return CredentialVerifier.NO_AUTHID;
        }
        return switch (authenticator.authenticate(request)) {
            case JoinRefused refused -> new AuthenticationStep.Refused(refused);
            case AuthenticationDecision.Accepted accepted -> challenge(request, authid, accepted.principal());
        };
    }

    private AuthenticationStep challenge(AuthenticationRequest request, String authid, Principal principal) {
        String text = new CraChallenge(
                        authid,
                        principal.role(request.authrole()),
                        provider,
                        tools.nonce(),
                        TIME.format(tools.clock().get()),
                        request.session())
                .text();
        Dict.Builder extra = new Dict.Builder().put("challenge", text);
        String key = switch (principal.credential()) {
            case Credential.Secret secret -> secret.text();
            case Credential.SaltedSecret salted -> {
                extra.put("salt", salted.salt())
                        .put("keylen", (long) salted.keyBytes())
                        .put("iterations", (long) salted.iterations());
                yield salted.key();
            }
            case Credential.Proven other -> throw CredentialVerifier.unfit(AuthMethod.WAMPCRA, other);
            case Credential.HashedSecret other -> throw CredentialVerifier.unfit(AuthMethod.WAMPCRA, other);
            case Credential.ScramSecret other -> throw CredentialVerifier.unfit(AuthMethod.WAMPCRA, other);
            case Credential.PublicKeys other -> throw CredentialVerifier.unfit(AuthMethod.WAMPCRA, other);
            case Credential.Certificates other -> throw CredentialVerifier.unfit(AuthMethod.WAMPCRA, other);
        };
        return new AuthenticationStep.Challenge(extra.build(), answer -> judge(answer, key, text, principal, authid));
    }

    private AuthenticationStep judge(Authenticate answer, String key, String text, Principal principal, String authid) {
        boolean holds = CredentialVerifier.isEqual(Cra.sign(key, text), answer.signature());
        return CredentialVerifier.judge(holds, principal, authid, Dict.EMPTY, tools);
    }
}
