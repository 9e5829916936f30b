package io.junctor.wamp.codec;

import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Serializer;

/**
 * One serialization of WAMP messages (section "Serializers"). Thread-safe.
 *
 * <p>Decoding reads the envelope and checks the arguments for form without decoding them; the payload of a message
 * refers to the bytes given. Whatever the bytes are, nothing but {@link ProtocolViolation} is thrown.
 */
public interface Codec {
    /** The serialization. */
    Serializer serializer();

    /**
     * Decodes what a client sent. The array belongs to the message from now on and must not change; half of a
     * surrogate pair that stands in it as an escape of JSON, in arguments, is replaced by U+FFFD.
     *
     * @throws ProtocolViolation if the bytes are no such message; the text says what is wrong. {@link InvalidRequest}
     *     if only its arguments or the value of an option are
     */
    FromClient decodeFromClient(byte[] message);

    /**
     * Decodes what a router sent. The array belongs to the message from now on and must not change.
     *
     * @throws ProtocolViolation if the bytes are no such message; the text says what is wrong
     */
    FromRouter decodeFromRouter(byte[] message);

    /**
     * Encodes a message whose payload is absent or of this serialization.
     *
     * @throws Unrepresentable if a value in its options or details has no form here
     * @throws IllegalArgumentException if the payload is of another serialization
     */
    byte[] encode(Message message) throws Unrepresentable;

    /**
     * Encodes arguments; empty ones are left off, empty Arguments stay before ArgumentsKw.
     *
     * @throws Unrepresentable if a value has no form here, or is of no type that {@link Arguments} lists
     */
    Payload payload(Arguments arguments) throws Unrepresentable;

    /**
     * Decodes a payload that is absent or of this serialization.
     *
     * @throws ProtocolViolation if it contains a value that {@link Arguments} cannot hold
     * @throws IllegalArgumentException if the payload is of another serialization
     */
    Arguments arguments(Payload payload);
}
