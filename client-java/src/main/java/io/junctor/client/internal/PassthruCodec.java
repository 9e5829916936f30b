package io.junctor.client.internal;

import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.value.Arguments;

/**
 * Encodes arguments so that the router cannot read them, and decodes them (section "Payload Passthru Mode").
 * Thread-safe.
 */
public interface PassthruCodec {
    /**
     * Decodes {@code bytes}.
     *
     * @throws io.junctor.wamp.value.ProtocolViolationException if the bytes cannot be decoded; the text may be sent and logged
     */
    Arguments open(PassthruOptions passthru, byte[] bytes);

    /**
     * Encodes arguments with the codec of this scheme.
     *
     * @throws RequestException if the arguments cannot be encoded
     */
    SealedArguments seal(String scheme, Arguments arguments);

    /**
     * Encoded arguments.
     *
     * @param passthru the {@code ppt_*} options for the receivers
     * @param arguments one argument, which contains the encoded bytes
     */
    record SealedArguments(PassthruOptions passthru, Arguments arguments) {}
}
