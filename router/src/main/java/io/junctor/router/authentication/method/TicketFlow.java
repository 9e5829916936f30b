package io.junctor.router.authentication.method;

import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.Pbkdf2;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;

/** Authenticates a client that sends the secret itself (section "Ticket-based Authentication"). */
record TicketFlow(Authenticator authenticator, AuthenticationContext tools) implements AuthenticationFlow {
    private static final int KEY_BYTES = 32;

    @Override
    public AuthenticationStep begin(AuthenticationRequest request, ChannelBindings channel) {
        String authid = request.authid();
        return authid == null
                ? CredentialVerifier.NO_AUTHID
                : new AuthenticationStep.Challenge(Dict.EMPTY, answer -> judge(request, authid, answer));
    }

    private AuthenticationStep judge(AuthenticationRequest request, String authid, Authenticate answer) {
        String ticket = answer.signature();
        return switch (authenticator.authenticate(request.withTicket(ticket))) {
            case JoinRefused refused -> new AuthenticationStep.Refused(refused);
            case AuthenticationDecision.Accepted accepted -> {
                Principal principal = accepted.principal();
                yield CredentialVerifier.judge(
                        holds(principal.credential(), ticket), principal, authid, Dict.EMPTY, tools);
            }
        };
    }

    private boolean holds(Credential credential, String ticket) {
        return switch (credential) {
            case Credential.Proven proven -> true;
            case Credential.Secret secret -> CredentialVerifier.isEqual(secret.text(), ticket);
            case Credential.HashedSecret hashed -> CredentialVerifier.isEqual(hashed.key(), derived(hashed, ticket));
            case Credential.SaltedSecret other -> throw CredentialVerifier.unfit(AuthMethod.TICKET, other);
            case Credential.ScramSecret other -> throw CredentialVerifier.unfit(AuthMethod.TICKET, other);
            case Credential.PublicKeys other -> throw CredentialVerifier.unfit(AuthMethod.TICKET, other);
            case Credential.Certificates other -> throw CredentialVerifier.unfit(AuthMethod.TICKET, other);
        };
    }

    private String derived(Credential.HashedSecret hashed, String ticket) {
        byte[] salt = Base64Text.decode(hashed.salt());
        if (salt == null || ticket.isEmpty()) {
            return "";
        }
        tools.counters().increment(Counter.KEYS_DERIVED);
        tools.derivations().acquireUninterruptibly();
        try {
            return Base64Text.of(Pbkdf2.derive(ticket, salt, hashed.iterations(), KEY_BYTES));
        } finally {
            tools.derivations().release();
        }
    }
}
