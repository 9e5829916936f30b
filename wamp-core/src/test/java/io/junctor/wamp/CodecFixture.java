package io.junctor.wamp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;

/** What the tests of one serialization need to say things in a line. */
record CodecFixture(Serializer serializer) {
    static final Codecs CODECS = new Codecs(CodecLimits.DEFAULT);

    /** Decodes what a client sent, written as hexadecimal digits with spaces, or as it is for JSON. */
    FromClient decode(String message) {
        return CODECS.of(serializer).decodeFromClient(bytes(message));
    }

    /** The positional arguments of a YIELD that is written as {@link #decode} takes it. */
    List<@Nullable Object> arguments(String yield) {
        return CODECS.arguments(decode(yield).payload()).positional();
    }

    /** The bytes of a payload as {@link #decode} takes them. */
    String text(Payload payload) {
        byte[] bytes = payload.bytes();
        int end = payload.offset() + payload.length();
        return serializer.isText()
                ? new String(bytes, payload.offset(), payload.length(), StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(bytes, payload.offset(), end);
    }

    /** The bytes of positional arguments as {@link #decode} takes them. */
    String written(@Nullable Object... positional) throws UnrepresentableException {
        return text(CODECS.payload(Arguments.of(positional), serializer));
    }

    AbstractThrowableAssert<?, ?> assertRefused(String message) {
        return assertThatThrownBy(() -> decode(message)).isInstanceOf(ProtocolViolationException.class);
    }

    AbstractThrowableAssert<?, ?> assertRefused(byte[] message) {
        return assertThatThrownBy(() -> CODECS.of(serializer).decodeFromClient(message))
                .isInstanceOf(ProtocolViolationException.class);
    }

    AbstractThrowableAssert<?, ?> assertUnrepresentable(@Nullable Object value) {
        return assertThatThrownBy(() -> written(value)).isInstanceOf(UnrepresentableException.class);
    }

    /** Concatenates {@code parts}. */
    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] bytes(String message) {
        return serializer.isText()
                ? message.getBytes(StandardCharsets.UTF_8)
                : HexFormat.of().parseHex(message.replace(" ", ""));
    }
}
