package io.junctor.wamp;

import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.EncodedElement;
import io.junctor.wamp.codec.MessageCodec;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.codec.cbor.CborFormat;
import io.junctor.wamp.codec.json.JsonFormat;
import io.junctor.wamp.codec.msgpack.MsgpackFormat;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.util.List;

/** Safe for use by many threads. The codecs of all serializations, and the way from one to another. */
public final class Codecs {
    private final MessageCodec json;
    private final MessageCodec msgpack;
    private final MessageCodec cbor;

    /** Codecs that decode within {@code limits}. */
    public Codecs(CodecLimits limits) {
        this.json = new MessageCodec(new JsonFormat(), limits);
        this.msgpack = new MessageCodec(new MsgpackFormat(), limits);
        this.cbor = new MessageCodec(new CborFormat(), limits);
    }

    /** The codec of {@code serializer}. */
    public Codec of(Serializer serializer) {
        return codec(serializer);
    }

    /**
     * The payload in the serialization {@code target}: itself, where it is that already.
     *
     * @throws Unrepresentable if a value in it has no form there
     */
    public Payload transcode(Payload payload, Serializer target) throws Unrepresentable {
        return payload.fits(target) ? payload : codec(target).transcode(payload, codec(payload.serializer()));
    }

    /**
     * Encodes a message whose payload is of any serialization.
     *
     * @throws Unrepresentable if a value in it has no form in {@code target}
     */
    public byte[] encode(Message message, Serializer target) throws Unrepresentable {
        return codec(target).encode(message, transcode(message.payload(), target));
    }

    /**
     * Encodes arguments; empty ones are left off.
     *
     * @throws Unrepresentable if a value in them has no form in {@code serializer}
     */
    public Payload payload(Arguments arguments, Serializer serializer) throws Unrepresentable {
        return codec(serializer).payload(arguments);
    }

    /**
     * Decodes a payload of any serialization.
     *
     * @throws io.junctor.wamp.value.ProtocolViolation if it holds what {@link Arguments} cannot
     */
    public Arguments arguments(Payload payload) {
        return codec(payload.serializer()).arguments(payload);
    }

    /**
     * The elements of a payload as values of a message of {@code target}: Arguments, then ArgumentsKw, as far as it has them. The
     * sender's own bytes where that is their serialization already.
     *
     * @throws Unrepresentable if a value in it has no form there
     */
    public List<EncodedElement> elements(Payload payload, Serializer target) throws Unrepresentable {
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
