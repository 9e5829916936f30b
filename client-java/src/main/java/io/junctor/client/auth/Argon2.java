package io.junctor.client.auth;

import io.junctor.wamp.auth.ScramExchange;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id by Bouncy Castle, an optional dependency. */
final class Argon2 {
    private Argon2() {}

    /** Derives the key of {@code argon2id13} from a password. */
    static byte[] derive(String password, byte[] salt, int iterations, int memoryKib) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withParallelism(1)
                .withIterations(iterations)
                .withMemoryAsKB(memoryKib)
                .build());
        byte[] key = new byte[ScramExchange.KEY_BYTES];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), key);
        return key;
    }
}
