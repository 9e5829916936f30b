package io.junctor.cluster.protocol;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.util.function.BiFunction;

/** Writes and reads WAMP messages, each in the serialization of its payload: arguments stay as the client encoded them. Thread-safe. */
public final class WampMessages {
    private static final int DEPTH = 1_000;
    private static final Codecs CODECS = new Codecs(new CodecLimits(Integer.MAX_VALUE, DEPTH, Integer.MAX_VALUE));

    private WampMessages() {}

    /**
     * Writes a message.
     *
     * @throws UnrepresentableException if its options or details have a value that the payload's serialization cannot express
     */
    public static void write(BodyWriter body, Message message) throws UnrepresentableException {
        Payload payload = message.payload();
        Serializer serializer = payload.isAbsent() ? Serializer.CBOR : payload.serializer();
        body.message(serializer, CODECS.encode(message, serializer));
    }

    /**
     * Reads a message that a router sends to a client.
     *
     * @throws InvalidBodyException if the bytes have another form
     */
    public static FromRouter fromRouter(BodyReader body) {
        return read(body, Codec::decodeFromRouter);
    }

    /**
     * Reads a message that a client sends to a router.
     *
     * @throws InvalidBodyException if the bytes have another form
     */
    public static FromClient fromClient(BodyReader body) {
        return read(body, Codec::decodeFromClient);
    }

    /**
     * Returns arguments that were read without a message around them.
     *
     * @throws InvalidBodyException if their bytes have another form
     */
    static Payload checked(Payload arguments) {
        try {
            CODECS.check(arguments);
            return arguments;
        } catch (ProtocolViolationException violation) {
            throw new InvalidBodyException("arguments: " + violation.problem());
        }
    }

    private static <M> M read(BodyReader body, BiFunction<Codec, byte[], M> decoder) {
        Serializer serializer = body.serializer();
        byte[] encoded = body.bytes();
        try {
            return decoder.apply(CODECS.of(serializer), encoded);
        } catch (ProtocolViolationException violation) {
            throw new InvalidBodyException("a WAMP message: " + violation.problem());
        }
    }
}
