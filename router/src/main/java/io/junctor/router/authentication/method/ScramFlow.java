package io.junctor.router.authentication.method;

import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.Credential.ScramSecret;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.SaslPrep;
import io.junctor.wamp.auth.ScramExchange;
import io.junctor.wamp.auth.ScramHeader;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.WampError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a client by SCRAM: both sides prove that they know the password; neither sends it (section "Salted Challenge Response
 * Authentication").
 */
record ScramFlow(Authenticator authenticator, ScramVariant dialect, AuthenticationContext tools)
        implements AuthenticationFlow {
    private static final String BINDING = "channel_binding";
    private static final int NONCE_BYTES = 16;

    private static final AuthenticationStep.Refused DENIED =
            new AuthenticationStep.Refused(JoinRefused.DENIED.with("scram", "invalid-proof"));
    private static final AuthenticationStep.Refused UNBOUND = new AuthenticationStep.Refused(JoinRefused.of(
                    WampError.AUTHENTICATION_FAILED,
                    "this connection has no channel binding of the type asked for in 'authextra.channel_binding'")
            .with("scram", "unsupported-channel-binding-type"));
    private static final AuthenticationStep.Refused OTHER_CHANNEL =
            new AuthenticationStep.Refused(JoinRefused.DENIED.with("scram", "channel-bindings-dont-match"));
    private static final AuthenticationStep.Refused NO_NONCE = new AuthenticationStep.Refused(JoinRefused.of(
                    WampError.AUTHENTICATION_FAILED, "'authextra.nonce' of HELLO must be padded base64, not empty")
            .with("scram", "invalid-encoding"));
    private static final AuthenticationStep.Refused BAD_NAME = new AuthenticationStep.Refused(
            JoinRefused.of(WampError.AUTHENTICATION_DENIED, "'authid' has characters that SASLprep does not allow")
                    .with("scram", "invalid-username-encoding"));

    /** The values of HELLO that the exchange uses. */
    private record HelloValues(String authid, String nonce, ExchangeBinding bound) {}

    /** The channel binding of the exchange; type and data are null if the exchange is not bound to a channel. */
    private record ExchangeBinding(
            ScramHeader form,
            @Nullable String type,
            @Nullable String binding) {
        boolean isTold(Authenticate answer) {
            return Objects.equals(type, answer.extra().text(BINDING))
                    && Objects.equals(binding, answer.extra().text("cbind_data"));
        }
    }

    @Override
    public AuthenticationStep begin(AuthenticationRequest request, ChannelBindings channel) {
        String authid = request.authid();
        String nonce = request.authextra().text("nonce");
        if (authid == null) {
            return CredentialVerifier.NO_AUTHID;
        }
        ExchangeBinding bound = bound(request.authextra().text(BINDING), channel);
        if (bound == null) {
            return UNBOUND;
        }
        if (nonce == null || nonce.isEmpty() || Base64Text.decode(nonce) == null) {
            return NO_NONCE;
        }
        String name = normal(authid);
        return name == null ? BAD_NAME : lookUp(request.as(name), new HelloValues(name, nonce, bound));
    }

    /** Returns the channel binding that the client requested, with the router's data; null if the connection does not have it. */
    private @Nullable ExchangeBinding bound(@Nullable String type, ChannelBindings channel) {
        if (type == null) {
            return new ExchangeBinding(dialect.form(), null, null);
        }
        byte[] binding = dialect == ScramVariant.WAMP ? channel.binding(type) : null;
        return binding == null
                ? null
                : new ExchangeBinding(ScramHeader.bound(type, binding), type, Base64Text.of(binding));
    }

    private static @Nullable String normal(String authid) {
        try {
            return SaslPrep.normalise(authid);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private AuthenticationStep lookUp(AuthenticationRequest request, HelloValues opening) {
        return switch (authenticator.authenticate(request)) {
            case JoinRefused refused -> new AuthenticationStep.Refused(refused);
            case AuthenticationDecision.Accepted accepted -> {
                Principal principal = accepted.principal();
                if (principal.credential() instanceof ScramSecret secret && isWhole(secret)) {
                    yield challenge(secret, principal, opening);
                }
                throw CredentialVerifier.unfit(dialect.method(), principal.credential());
            }
        };
    }

    /** Whether the credential, which a procedure or a program may have returned, is complete and usable for clients of this variant. */
    private boolean isWhole(ScramSecret secret) {
        return dialect.has(secret.kdf())
                && length(secret.salt()) > 0
                && length(secret.storedKey()) == ScramExchange.KEY_BYTES
                && length(secret.serverKey()) == ScramExchange.KEY_BYTES;
    }

    private static int length(String base64) {
        byte[] bytes = Base64Text.decode(base64);
        return bytes == null ? 0 : bytes.length;
    }

    private AuthenticationStep challenge(ScramSecret secret, Principal principal, HelloValues opening) {
        String nonce = dialect.nonce(opening.nonce(), tools.bytes(NONCE_BYTES));
        ExchangeBinding bound = opening.bound();
        int iterations = secret.kdf().iterations();
        ScramExchange exchange =
                new ScramExchange(opening.authid(), opening.nonce(), nonce, secret.salt(), iterations, bound.form());
        return new AuthenticationStep.Challenge(
                dialect.challenge(nonce, secret),
                answer -> bound.isTold(answer) ? judge(answer, exchange, secret, principal) : otherChannel());
    }

    private AuthenticationStep otherChannel() {
        tools.counters().increment(Counter.CREDENTIALS_CHECKED);
        return OTHER_CHANNEL;
    }

    private AuthenticationStep judge(
            Authenticate answer, ScramExchange exchange, ScramSecret secret, Principal principal) {
        byte[] storedKey = Objects.requireNonNull(Base64Text.decode(secret.storedKey()), "stored key");
        byte[] serverKey = Objects.requireNonNull(Base64Text.decode(secret.serverKey()), "server key");
        boolean proven = exchange.isProof(Base64Text.decode(answer.signature()), storedKey);
        boolean same = dialect.repeats(answer, exchange.nonce());
        Dict verifier = Dict.of(dialect.verifier(), Base64Text.of(exchange.serverSignature(serverKey)));
        AuthenticationStep step =
                CredentialVerifier.judge(proven && same, principal, exchange.authid(), verifier, tools);
        return step instanceof AuthenticationStep.Refused ? DENIED : step;
    }
}
