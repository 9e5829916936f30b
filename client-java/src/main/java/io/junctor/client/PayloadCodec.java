package io.junctor.client;

/**
 * Encodes arguments so that the router cannot read them, and decodes them (section "Payload Passthru Mode"). This library
 * contains one implementation, {@link io.junctor.client.encryption.AesGcmCodec}.
 *
 * <p>Thread-safe. Called by the threads that send and the thread that reads, so it must not block.
 */
public interface PayloadCodec {
    /**
     * Returns the scheme, by which receivers choose their codec: {@code wamp}, {@code mqtt}, or a name that begins with {@code
     * x_}.
     */
    String scheme();

    /**
     * Encodes arguments, which consist of null, booleans, numbers, strings, {@code byte[]}, lists and maps. If this method throws an
     * exception, the request fails with {@code wamp.error.invalid_payload}.
     */
    SealedPayload seal(Args args) throws Exception;

    /**
     * Decodes arguments that another client encoded with the same scheme. If this method throws an exception, an event is dropped and
     * logged, an invocation is answered with {@code wamp.error.invalid_argument}, and a call fails. The text of the exception is
     * sent or logged only if it is a {@link WampException}.
     */
    Args open(SealedPayload payload) throws Exception;
}
