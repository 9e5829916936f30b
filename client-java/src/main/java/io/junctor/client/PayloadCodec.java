package io.junctor.client;

/**
 * Encodes arguments so that the router cannot read them, and decodes them (section "Payload Passthru Mode"). A ready
 * one is {@link io.junctor.client.encryption.AesGcmCodec}.
 *
 * <p>Thread-safe. Called by the threads that send and read, so it must not block.
 */
public interface PayloadCodec {
    /**
     * The scheme, by which receivers choose their codec: {@code wamp}, {@code mqtt}, or a name that begins with {@code
     * x_}.
     */
    String scheme();

    /**
     * Encodes arguments. They consist of null, booleans, numbers, strings, {@code byte[]}, lists and maps. An exception
     * fails the request with {@code wamp.error.invalid_payload}.
     */
    SealedPayload seal(Args args) throws Exception;

    /**
     * Decodes arguments that another client encoded with the same scheme. After an exception an event is dropped and
     * logged, an invocation is answered with {@code wamp.error.invalid_argument}, and a call fails. Only the text of a
     * {@link WampException} is sent or logged.
     */
    Args open(SealedPayload payload) throws Exception;
}
