package io.junctor.client.auth;

/** Derives keys for the router's configuration in tests of other packages. */
public final class Argon2Keys {
    private Argon2Keys() {}

    /** The key that Argon2id derives from a password. */
    public static byte[] derive(String password, byte[] salt, int iterations, int memoryKib) {
        return Argon2.derive(password, salt, iterations, memoryKib);
    }
}
