package io.junctor.client.auth;

import io.junctor.client.internal.ChallengeResponder;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.SaslPrep;
import io.junctor.wamp.auth.ScramExchange;
import io.junctor.wamp.auth.ScramHeader;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.Dict;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Answers WAMP-SCRAM: proves that the client knows the password, then checks the router's proof. */
final class ScramResponder implements ChallengeResponder {
    /** The fewest iterations accepted: with fewer, a false router could guess the password too easily (RFC 7677, section 4). */
    private static final int LEAST_ITERATIONS = 4_096;

    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int LEAST_MEMORY_KIB = 1_024;
    private static final int MOST_MEMORY_KIB = 1 << 20;
    private static final int NONCE_BYTES = 16;

    /** The name and the password, normalized by SASLprep. */
    record Login(String authid, String password) {
        @Override
        public String toString() {
            return "Login[]";
        }
    }

    private final Login login;
    private final String nonce;
    private final @Nullable LoginChannelBinding bound;
    private @Nullable String verifier;

    ScramResponder(Login login, SecureRandom random, @Nullable LoginChannelBinding bound) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        this.login = login;
        this.bound = bound;
        this.nonce = Base64Text.of(bytes);
    }

    static Login login(String authid, String password) {
        return new Login(SaslPrep.normalise(authid), SaslPrep.normalise(password));
    }

    Dict authextra() {
        return told("nonce", nonce).build();
    }

    private Dict.Builder told(String key, String value) {
        Dict.Builder extra = new Dict.Builder().put(key, value);
        return bound == null ? extra.putNull("channel_binding") : extra.put("channel_binding", bound.type());
    }

    @Override
    public Authenticate answer(Challenge challenge) {
        SecretResponder.require(challenge, "wamp-scram");
        Dict extra = challenge.extra();
        String both = extra.text("nonce");
        String salt = extra.text("salt");
        byte[] saltBytes = salt == null ? null : Base64Text.decode(salt);
        if (both == null || !both.startsWith(nonce) || both.equals(nonce)) {
            throw new CannotAnswerException("the nonce of CHALLENGE does not continue the one of HELLO");
        }
        if (salt == null || saltBytes == null || saltBytes.length == 0) {
            throw new CannotAnswerException("the salt of CHALLENGE must be padded base64");
        }
        int iterations = CraResponder.cost(extra, "iterations", 0, MOST_ITERATIONS);
        byte[] salted = salted(extra, saltBytes, iterations);
        ScramHeader form = bound == null ? ScramHeader.UNBOUND : ScramHeader.bound(bound.type(), bound.bytes());
        ScramExchange exchange = new ScramExchange(login.authid(), nonce, both, salt, iterations, form);
        verifier = Base64Text.of(exchange.serverSignature(ScramExchange.serverKey(salted)));
        Dict.Builder answer = told("nonce", both);
        Dict.Builder whole =
                bound == null ? answer.putNull("cbind_data") : answer.put("cbind_data", Base64Text.of(bound.bytes()));
        return new Authenticate(Base64Text.of(exchange.clientProof(salted)), whole.build());
    }

    private byte[] salted(Dict extra, byte[] salt, int iterations) {
        String kdf = String.valueOf(extra.text("kdf"));
        if (kdf.equals("pbkdf2")) {
            if (iterations < LEAST_ITERATIONS) {
                throw new CannotAnswerException("'iterations' of CHALLENGE is under " + LEAST_ITERATIONS);
            }
            return ScramExchange.pbkdf2(login.password(), salt, iterations);
        }
        if (!kdf.equals("argon2id13")) {
            throw new CannotAnswerException("'kdf' of CHALLENGE is neither pbkdf2 nor argon2id13");
        }
        int memoryKib = CraResponder.cost(extra, "memory", 0, MOST_MEMORY_KIB);
        if (memoryKib < LEAST_MEMORY_KIB || iterations < 1) {
            throw new CannotAnswerException("'memory' of CHALLENGE is under " + LEAST_MEMORY_KIB + " KiB");
        }
        return argon2(salt, iterations, memoryKib);
    }

    private byte[] argon2(byte[] salt, int iterations, int memoryKib) {
        try {
            return Argon2.derive(login.password(), salt, iterations, memoryKib);
        } catch (NoClassDefFoundError e) {
            throw new CannotAnswerException(
                    "argon2id13 needs org.bouncycastle:bcprov-jdk18on on the client's class path");
        }
    }

    @Override
    public @Nullable String problem(Welcome welcome) {
        String expected = verifier;
        String given = welcome.details().authextra().text("verifier");
        if (expected == null) {
            return "the router sent no challenge";
        }
        String plain = given != null && given.startsWith("v=") ? given.substring(2) : String.valueOf(given);
        boolean proven = MessageDigest.isEqual(bytes(plain), bytes(expected));
        return proven ? null : "the router did not prove that it knows the password";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
