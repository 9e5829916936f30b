package io.junctor.wamp.codec;

import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;

/**
 * Encodes and decodes WAMP messages in one serialization (section "Serializers"). Thread-safe.
 *
 * <p>Decoding reads the envelope and validates the arguments without decoding them; the payload of the message refers
 * to the given bytes. For any bytes, decoding throws no exception other than {@link ProtocolViolationException}.
 */
public interface Codec {
    /** The serialization. */
    Serializer serializer();

    /**
     * Decodes a message of a client. The caller must not modify the array afterwards. In JSON arguments, the decoder
     * replaces the escape of an unpaired surrogate by U+FFFD.
     *
     * @throws ProtocolViolationException if the bytes are not such a message. {@link InvalidRequestException} if only the arguments or
     *     the value of an option are invalid
     */
    FromClient decodeFromClient(byte[] message);

    /**
     * Decodes a message of a router. The caller must not modify the array afterwards.
     *
     * @throws ProtocolViolationException if the bytes are not such a message
     */
    FromRouter decodeFromRouter(byte[] message);

    /**
     * Encodes a message whose payload is absent or of this serialization.
     *
     * @throws UnrepresentableException if this serialization cannot express a value in its options or details
     * @throws IllegalArgumentException if the payload is of another serialization
     */
    byte[] encode(Message message) throws UnrepresentableException;

    /**
     * Encodes arguments. Omits empty ArgumentsKw, and empty Arguments unless ArgumentsKw follow.
     *
     * @throws UnrepresentableException if this serialization cannot express a value, or {@link Arguments} does not list its
     *     type
     */
    Payload payload(Arguments arguments) throws UnrepresentableException;

    /**
     * Decodes a payload that is absent or of this serialization.
     *
     * @throws ProtocolViolationException if it contains a value that {@link Arguments} cannot hold
     * @throws IllegalArgumentException if the payload is of another serialization
     */
    Arguments arguments(Payload payload);
}
