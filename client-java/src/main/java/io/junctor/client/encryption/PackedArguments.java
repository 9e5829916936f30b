package io.junctor.client.encryption;

import io.junctor.client.Args;
import io.junctor.client.WampException;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes arguments as one CBOR map of {@code args} and {@code kwargs}, and decodes them. */
final class PackedArguments {
    private static final Codec CBOR = new Codecs(CodecLimits.DEFAULT).of(Serializer.CBOR);
    /** The header of a CBOR list of one element. */
    private static final byte LIST_OF_ONE = (byte) 0x81;
    /**
     * The start of the {@code EVENT} message {@code [36, 1, 1, {}, [...]]}, in which a payload is decoded and checked like one from the
     * router.
     */
    private static final byte[] EVENT_OF_ONE = {(byte) 0x85, 0x18, Event.CODE, 0x01, 0x01, (byte) 0xa0, LIST_OF_ONE};

    private PackedArguments() {}

    static byte[] pack(Args args) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("args", args.positional());
        map.put("kwargs", args.keywords());
        try {
            Payload payload = CBOR.payload(Arguments.of(map));
            int start = payload.offset() + 1;
            return Arrays.copyOfRange(payload.bytes(), start, payload.offset() + payload.length());
        } catch (UnrepresentableException problem) {
            throw new WampException("wamp.error.invalid_payload", String.valueOf(problem.getMessage()));
        }
    }

    static Args unpack(byte[] packed) {
        ByteArrayOutputStream message = new ByteArrayOutputStream(EVENT_OF_ONE.length + packed.length);
        message.writeBytes(EVENT_OF_ONE);
        message.writeBytes(packed);
        try {
            Payload payload = CBOR.decodeFromRouter(message.toByteArray()).payload();
            return args(CBOR.arguments(payload).positional().getFirst());
        } catch (ProtocolViolationException problem) {
            throw new WampException("wamp.error.invalid_payload", String.valueOf(problem.getMessage()));
        }
    }

    private static Args args(@Nullable Object unpacked) {
        if (!(unpacked instanceof Map<?, ?> map)) {
            throw unfit();
        }
        Args args = positional(map.get("args"));
        for (Map.Entry<?, ?> keyword : keywords(map.get("kwargs")).entrySet()) {
            args = args.with(String.valueOf(keyword.getKey()), keyword.getValue());
        }
        return args;
    }

    private static Args positional(@Nullable Object value) {
        return switch (value) {
            case null -> Args.NONE;
            case List<?> list -> Args.of(list.toArray());
            default -> throw unfit();
        };
    }

    private static Map<?, ?> keywords(@Nullable Object value) {
        return switch (value) {
            case null -> Map.of();
            case Map<?, ?> map -> map;
            default -> throw unfit();
        };
    }

    private static WampException unfit() {
        return new WampException(
                "wamp.error.invalid_payload", "the decrypted value is not a map of a list 'args' and a map 'kwargs'");
    }
}
