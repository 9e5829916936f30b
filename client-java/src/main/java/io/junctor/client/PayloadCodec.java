package io.junctor.client;

import io.junctor.client.encryption.AesGcmCodec;

/**
 * Safe for use by many threads. Seals arguments so that the router carries them without reading them, and opens what others sealed
 * (section "Payload Passthru Mode"). {@link AesGcmCodec} is a ready one.
 *
 * <p>It is called by whatever thread has something to seal or open, the one that reads among them, so it must not block.
 */
public interface PayloadCodec {
    /** What receivers choose their codec by: {@code wamp}, {@code mqtt}, or a name of one's own that begins with {@code x_}. */
    String scheme();

    /**
     * Seals arguments. They consist of null, booleans, numbers, strings, {@code byte[]}, lists and maps. What is thrown fails the
     * request with {@code wamp.error.invalid_payload}.
     */
    SealedPayload seal(Args args) throws Exception;

    /**
     * Opens what another peer sealed by the same scheme. Whatever is thrown, the event is dropped and logged, the invocation
     * answered by {@code wamp.error.invalid_argument}, the result a failure. Only the text of a {@link WampException} is sent or
     * logged.
     */
    Args open(SealedPayload payload) throws Exception;
}
