package io.junctor.client;

import org.jspecify.annotations.Nullable;

/** Immutable, as long as nobody writes to its bytes. Arguments that the router does not read, and how to open them. */
public final class SealedPayload {
    private final byte[] bytes;
    private final @Nullable String serializer;
    private final @Nullable String cipher;
    private final @Nullable String keyId;

    /** Sealed bytes with what receivers are told about them; each may be null, if the scheme can do without. */
    public SealedPayload(byte[] bytes, @Nullable String serializer, @Nullable String cipher, @Nullable String keyId) {
        this.bytes = bytes;
        this.serializer = serializer;
        this.cipher = cipher;
        this.keyId = keyId;
    }

    /** The bytes; not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** How the arguments were serialized, such as {@code cbor}. */
    public @Nullable String serializer() {
        return serializer;
    }

    /** How they were encrypted, such as {@code aes256gcm}. */
    public @Nullable String cipher() {
        return cipher;
    }

    /** The name of the key. */
    public @Nullable String keyId() {
        return keyId;
    }

    /** Names everything but the bytes. */
    @Override
    public String toString() {
        return bytes.length + " bytes of " + serializer + " sealed by " + cipher + " with key " + keyId;
    }
}
