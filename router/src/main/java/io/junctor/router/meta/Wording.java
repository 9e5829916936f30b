package io.junctor.router.meta;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Limits;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Safe for use by many threads. Arguments that the router itself writes and reads. */
public final class Wording {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Codecs codecs = new Codecs(Limits.DEFAULT);

    /** A time as the meta API spells it: ISO 8601, UTC, milliseconds. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** Values of the router's own as a payload. */
    public Payload encode(Arguments arguments) {
        try {
            return codecs.payload(arguments, Serializer.CBOR);
        } catch (Unrepresentable e) {
            throw new IllegalStateException("the router's own arguments have no form", e);
        }
    }

    /**
     * The values of a payload.
     *
     * @throws io.junctor.wamp.value.ProtocolViolation if it holds what {@link Arguments} cannot
     */
    public Arguments decode(Payload payload) {
        return codecs.arguments(payload);
    }
}
