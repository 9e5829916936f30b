package io.junctor.client;

import io.junctor.client.engine.Answerer;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/** Signs the challenge, once the router has proven itself where that is asked for. */
final class CryptosignAnswerer implements Answerer {
    private final byte[] privateKey;
    private final byte @Nullable [] routerKey;
    private final byte[] asked;

    /** {@code asked} is what the router has to sign where its key is given. */
    CryptosignAnswerer(byte[] privateKey, byte @Nullable [] routerKey, byte[] asked) {
        this.privateKey = privateKey;
        this.routerKey = routerKey;
        this.asked = asked;
    }

    @Override
    public Authenticate answer(Challenge challenge) {
        SendingAnswerer.require(challenge, "cryptosign");
        Dict extra = challenge.extra();
        String text = extra.text("challenge");
        byte[] bytes = text == null ? null : Cryptosign.parse(text);
        if (bytes == null) {
            throw new CannotAnswer("'challenge' of CHALLENGE must be 64 hexadecimal digits");
        }
        if (extra.text("channel_binding") != null) {
            throw new CannotAnswer("the router binds the channel, which was not asked for");
        }
        if (routerKey != null && !Cryptosign.verify(routerKey, String.valueOf(extra.text("signature")), asked, null)) {
            throw new CannotAnswer("the router did not prove that it holds its key");
        }
        return new Authenticate(Cryptosign.sign(privateKey, bytes, null), Dict.EMPTY);
    }
}
