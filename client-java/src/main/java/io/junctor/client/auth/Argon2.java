package io.junctor.client.auth;

import io.junctor.wamp.auth.Scram;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Immutable. Argon2id by Bouncy Castle, which need not be there. */
final class Argon2 {
    private Argon2() {}

    /** What {@code argon2id13} derives of a password; takes time and memory as told. */
    static byte[] derive(String password, byte[] salt, int iterations, int memoryKib) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withParallelism(1)
                .withIterations(iterations)
                .withMemoryAsKB(memoryKib)
                .build());
        byte[] key = new byte[Scram.KEY_BYTES];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), key);
        return key;
    }
}
