package io.junctor.bench;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;

/** Creates the messages and payloads of the benchmarks. */
final class BenchMessages {
    static final Codecs CODECS = new Codecs(CodecLimits.DEFAULT);

    private BenchMessages() {}

    /** Creates a payload with one string of {@code characters} characters. */
    static Payload payload(Serializer serializer, int characters) {
        try {
            return CODECS.payload(Arguments.of("x".repeat(characters)), serializer);
        } catch (UnrepresentableException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] encode(Serializer serializer, Message message) {
        try {
            return CODECS.encode(message, serializer);
        } catch (UnrepresentableException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
