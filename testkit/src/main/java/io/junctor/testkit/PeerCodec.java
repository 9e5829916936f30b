package io.junctor.testkit;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes messages of a peer in one serialization, and lists that are not valid messages. Thread-safe.
 */
final class PeerCodec {
    private static final Codecs CODECS = new Codecs(new CodecLimits(64 << 20, 1_000, 1 << 20));

    private final Codec codec;

    PeerCodec(Serializer serializer) {
        codec = CODECS.of(serializer);
    }

    byte[] encode(Message message) {
        try {
            return codec.encode(message);
        } catch (UnrepresentableException e) {
            throw new AssertionError("the test sends a value that " + codec.serializer() + " cannot represent", e);
        }
    }

    FromRouter decode(byte[] message) {
        return codec.decodeFromRouter(message);
    }

    /** Encodes any list. It is encoded like positional arguments, which are a list like a message. */
    byte[] encodeList(List<? extends @Nullable Object> elements) {
        if (elements.isEmpty()) {
            return switch (codec.serializer()) {
                case JSON -> new byte[] {'[', ']'};
                case MSGPACK -> new byte[] {(byte) 0x90};
                case CBOR -> new byte[] {(byte) 0x80};
            };
        }
        Payload payload = payload(elements);
        return Arrays.copyOfRange(payload.bytes(), payload.offset(), payload.offset() + payload.length());
    }

    List<@Nullable Object> decodeList(byte[] message) {
        Payload payload = Payload.of(codec.serializer(), Payload.ArgumentKinds.POSITIONAL, message, 0, message.length);
        return codec.arguments(payload).positional();
    }

    Payload payload(List<? extends @Nullable Object> positional) {
        return payload(Arguments.of(positional.toArray()));
    }

    Payload payload(Arguments arguments) {
        try {
            return codec.payload(arguments);
        } catch (UnrepresentableException e) {
            throw new AssertionError("the test sends a value that " + codec.serializer() + " cannot represent", e);
        }
    }

    Arguments arguments(Payload payload) {
        return codec.arguments(payload);
    }
}
