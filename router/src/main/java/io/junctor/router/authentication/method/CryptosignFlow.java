package io.junctor.router.authentication.method;

import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.Credential.PublicKeys;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.auth.ChannelBinding;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.WampError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a client that signs a challenge with its private key (section "Cryptosign-based Authentication"). {@code CHALLENGE} names
 * the channel binding in use. If a client asked for a channel binding and {@code CHALLENGE} names none, the connection has none.
 */
record CryptosignFlow(Authenticator authenticator, @Nullable String routerKey, AuthenticationContext tools)
        implements AuthenticationFlow {
    private static final String BINDING = "channel_binding";
    private static final AuthenticationStep.Refused NO_KEY = new AuthenticationStep.Refused(JoinRefused.of(
            WampError.AUTHENTICATION_FAILED, "'authextra.pubkey' of HELLO must be 64 hexadecimal digits"));
    private static final AuthenticationStep.Refused NO_CHALLENGE = new AuthenticationStep.Refused(JoinRefused.of(
            WampError.AUTHENTICATION_FAILED, "'authextra.challenge' of HELLO must be 64 hexadecimal digits"));

    @Override
    public AuthenticationStep begin(AuthenticationRequest request, ChannelBindings channel) {
        String text = request.authextra().text("pubkey");
        byte[] publicKey = text == null ? null : Cryptosign.parse(text);
        if (publicKey == null) {
            return NO_KEY;
        }
        String asked = request.authextra().text("challenge");
        if (asked != null && Cryptosign.parse(asked) == null) {
            return NO_CHALLENGE;
        }
        return switch (authenticator.authenticate(request)) {
            case JoinRefused refused -> new AuthenticationStep.Refused(refused);
            case AuthenticationDecision.Accepted accepted ->
                challenge(request, accepted.principal(), publicKey, bound(request, channel));
        };
    }

    /** The channel binding that both sides sign. Only {@code tls-exporter} is supported, because its length is that of a challenge. */
    private static byte @Nullable [] bound(AuthenticationRequest request, ChannelBindings channel) {
        boolean asked = ChannelBinding.EXPORTER.equals(request.authextra().text(BINDING));
        return asked ? channel.binding(ChannelBinding.EXPORTER) : null;
    }

    private AuthenticationStep challenge(
            AuthenticationRequest request, Principal principal, byte[] publicKey, byte @Nullable [] channelId) {
        if (!(principal.credential() instanceof PublicKeys keys)) {
            throw CredentialVerifier.unfit(AuthMethod.CRYPTOSIGN, principal.credential());
        }
        byte[] challenge = tools.bytes(Cryptosign.KEY_BYTES);
        Dict.Builder extra = new Dict.Builder().put("challenge", Cryptosign.hex(challenge));
        if (channelId != null) {
            extra.put(BINDING, ChannelBinding.EXPORTER);
        }
        sign(request.authextra().text("challenge"), extra, channelId);
        String key = Cryptosign.hex(publicKey);
        String authid = Objects.requireNonNullElse(request.authid(), key);
        return new AuthenticationStep.Challenge(extra.build(), answer -> {
            boolean signed = Cryptosign.verify(publicKey, answer.signature(), challenge, channelId);
            return CredentialVerifier.judge(signed && keys.hex().contains(key), principal, authid, Dict.EMPTY, tools);
        });
    }

    /** Proves the router's identity if the client asks for it and a key is configured (section "Router Authentication"). */
    private void sign(@Nullable String asked, Dict.Builder extra, byte @Nullable [] channelId) {
        byte[] privateKey = routerKey == null ? null : Cryptosign.parse(routerKey);
        byte[] challenge = asked == null ? null : Cryptosign.parse(asked);
        if (privateKey != null && challenge != null) {
            extra.put("signature", Cryptosign.sign(privateKey, challenge, channelId))
                    .put("pubkey", Cryptosign.hex(Cryptosign.publicKey(privateKey)));
        }
    }
}
