package io.junctor.wamp;

import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.EncodedElement;
import io.junctor.wamp.codec.MessageCodec;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.codec.cbor.CborWireFormat;
import io.junctor.wamp.codec.json.JsonWireFormat;
import io.junctor.wamp.codec.msgpack.MsgpackWireFormat;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.util.List;

/**
 * Encodes and decodes messages in every serialization, and transcodes payloads between serializations. Thread-safe.
 */
public final class Codecs {
    private final MessageCodec json;
    private final MessageCodec msgpack;
    private final MessageCodec cbor;

    /** Creates codecs that refuse messages over {@code limits}. */
    public Codecs(CodecLimits limits) {
        this.json = new MessageCodec(new JsonWireFormat(), limits);
        this.msgpack = new MessageCodec(new MsgpackWireFormat(), limits);
        this.cbor = new MessageCodec(new CborWireFormat(), limits);
    }

    /** Returns the codec of {@code serializer}. */
    public Codec of(Serializer serializer) {
        return codec(serializer);
    }

    /**
     * Transcodes a payload to {@code target}. Returns the same object if it already has that serialization.
     *
     * @throws UnrepresentableException if the target serialization cannot express one of its values
     */
    public Payload transcode(Payload payload, Serializer target) throws UnrepresentableException {
        return payload.fits(target) ? payload : codec(target).transcode(payload, codec(payload.serializer()));
    }

    /**
     * Encodes a message, transcoding its payload if needed.
     *
     * @throws UnrepresentableException if {@code target} cannot express one of its values
     */
    public byte[] encode(Message message, Serializer target) throws UnrepresentableException {
        return codec(target).encode(message, transcode(message.payload(), target));
    }

    /**
     * Encodes arguments. Empty Arguments and ArgumentsKw at the end are omitted.
     *
     * @throws UnrepresentableException if {@code serializer} cannot express one of the values
     */
    public Payload payload(Arguments arguments, Serializer serializer) throws UnrepresentableException {
        return codec(serializer).payload(arguments);
    }

    /**
     * Decodes a payload of any serialization.
     *
     * @throws io.junctor.wamp.value.ProtocolViolationException if it contains a value that {@link Arguments} cannot hold
     */
    public Arguments arguments(Payload payload) {
        return codec(payload.serializer()).arguments(payload);
    }

    /**
     * Checks the bytes of a payload, as decoding a message checks its arguments, without decoding them.
     *
     * @throws io.junctor.wamp.value.ProtocolViolationException if the bytes are not arguments in the serialization of the payload
     */
    public void check(Payload payload) {
        codec(payload.serializer()).check(payload);
    }

    /**
     * Returns Arguments and ArgumentsKw, if the payload contains them, each as one encoded element that can be put into a message in the
     * serialization {@code target}.
     *
     * @throws UnrepresentableException if the target serialization cannot express one of its values
     */
    public List<EncodedElement> elements(Payload payload, Serializer target) throws UnrepresentableException {
        return codec(target).elements(transcode(payload, target));
    }

    private MessageCodec codec(Serializer serializer) {
        return switch (serializer) {
            case JSON -> json;
            case MSGPACK -> msgpack;
            case CBOR -> cbor;
        };
    }
}
