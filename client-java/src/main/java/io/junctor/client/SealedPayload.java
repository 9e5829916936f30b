package io.junctor.client;

import org.jspecify.annotations.Nullable;

/**
 * An encoded payload that the router cannot read, and the information for decoding it. Immutable as long as its bytes
 * are not changed.
 */
public final class SealedPayload {
    private final byte[] bytes;
    private final @Nullable String serializer;
    private final @Nullable String cipher;
    private final @Nullable String keyId;

    /** Creates a payload of encoded bytes with the information for receivers. Each text may be null if the scheme does not need it. */
    public SealedPayload(byte[] bytes, @Nullable String serializer, @Nullable String cipher, @Nullable String keyId) {
        this.bytes = bytes;
        this.serializer = serializer;
        this.cipher = cipher;
        this.keyId = keyId;
    }

    /** The encoded bytes. Must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The serialization of the arguments, such as {@code cbor}. */
    public @Nullable String serializer() {
        return serializer;
    }

    /** The cipher, such as {@code aes256gcm}. */
    public @Nullable String cipher() {
        return cipher;
    }

    /** The name of the key. */
    public @Nullable String keyId() {
        return keyId;
    }

    /** Returns all properties except the bytes. */
    @Override
    public String toString() {
        return bytes.length + " bytes of " + serializer + " sealed by " + cipher + " with key " + keyId;
    }
}
