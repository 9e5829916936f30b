package io.junctor.client.auth;

import io.junctor.client.internal.ChallengeResponder;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/** Answers Cryptosign: signs the challenge. If a router key is known, the router must first prove that it has this key. */
final class CryptosignResponder implements ChallengeResponder {
    /**
     * The client's private key; if the router's public key is known, also that key and the challenge that the router must
     * sign.
     */
    static final class ClientKeys {
        private final byte[] own;
        private final byte @Nullable [] router;
        private final byte[] asked;

        ClientKeys(byte[] own, byte @Nullable [] router, byte[] asked) {
            this.own = own;
            this.router = router;
            this.asked = asked;
        }

        boolean hasSigned(@Nullable String signature, byte @Nullable [] channelId) {
            return router == null || Cryptosign.verify(router, String.valueOf(signature), asked, channelId);
        }
    }

    private final ClientKeys keys;
    private final ChannelBindingMode binding;
    private final @Nullable LoginChannelBinding bound;

    CryptosignResponder(ClientKeys keys, ChannelBindingMode binding, @Nullable LoginChannelBinding bound) {
        this.keys = keys;
        this.binding = binding;
        this.bound = bound;
    }

    @Override
    public Authenticate answer(Challenge challenge) {
        SecretResponder.require(challenge, "cryptosign");
        Dict extra = challenge.extra();
        String text = extra.text("challenge");
        byte[] bytes = text == null ? null : Cryptosign.parse(text);
        if (bytes == null) {
            throw new CannotAnswerException("'challenge' of CHALLENGE must be 64 hexadecimal digits");
        }
        byte[] channelId = channelId(extra.text("channel_binding"));
        if (!keys.hasSigned(extra.text("signature"), channelId)) {
            throw new CannotAnswerException("the router did not prove that it has its key");
        }
        return new Authenticate(Cryptosign.sign(keys.own, bytes, channelId), Dict.EMPTY);
    }

    /** Returns the channel binding to sign, of the type that the router announces. */
    private byte @Nullable [] channelId(@Nullable String used) {
        if (used == null) {
            if (binding == ChannelBindingMode.REQUIRED) {
                throw new CannotAnswerException("the router does not bind the proof to the TLS connection");
            }
            return null;
        }
        if (bound == null || !used.equals(bound.type())) {
            throw new CannotAnswerException("the router uses a channel binding that was not requested");
        }
        return bound.bytes();
    }
}
