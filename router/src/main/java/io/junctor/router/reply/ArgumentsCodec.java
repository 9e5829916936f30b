package io.junctor.router.reply;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.EncodedElement;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Encodes and decodes the arguments that the router itself writes and reads. Thread-safe. */
public final class ArgumentsCodec {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The limits of decoding. Published arguments may be nested as deeply as any listener allows, and are nested more deeply in an answer. */
    private static final CodecLimits WIDE = new CodecLimits(Integer.MAX_VALUE, 1_000, CodecLimits.DEFAULT.elements());

    private final Codecs codecs = new Codecs(CodecLimits.DEFAULT);
    private final Codecs wide = new Codecs(WIDE);

    /** Formats a time for the meta API: ISO 8601, UTC, milliseconds. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** Encodes values of the router as a payload. */
    public Payload encode(Arguments arguments) {
        try {
            return codecs.payload(arguments, Serializer.CBOR);
        } catch (UnrepresentableException e) {
            throw new IllegalStateException("the router's own arguments have no form", e);
        }
    }

    /** Encodes values of the router, which may include {@link #elements} for {@code target}, as a payload. */
    public Payload encode(Arguments arguments, Serializer target) {
        try {
            return wide.payload(arguments, target);
        } catch (UnrepresentableException e) {
            throw new IllegalStateException("the router's own arguments have no form", e);
        }
    }

    /**
     * Returns Arguments and ArgumentsKw of a payload, if it has them, as values of an answer in {@code target}.
     *
     * @throws UnrepresentableException if the serialization {@code target} cannot represent them
     */
    public List<EncodedElement> elements(Payload payload, Serializer target) throws UnrepresentableException {
        return wide.elements(payload, target);
    }

    /**
     * Decodes a payload.
     *
     * @throws io.junctor.wamp.value.ProtocolViolationException if it contains a value that {@link Arguments} cannot hold
     */
    public Arguments decode(Payload payload) {
        return codecs.arguments(payload);
    }
}
