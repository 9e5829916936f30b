package io.junctor.wamp;

import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats a message as a text with every value, its type and the order of keys, independent of the serialization. */
final class CanonicalText {
    private CanonicalText() {}

    static String of(Message message, Codecs codecs) {
        Payload payload = message.payload();
        String envelope = message.toString().replace("payload=" + payload, "payload=" + payload.argumentKinds());
        Arguments arguments = codecs.arguments(payload);
        return envelope + " " + of(arguments.positional()) + " " + of(arguments.keywords());
    }

    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case byte[] octets -> "octets:" + HexFormat.of().formatHex(octets);
            case List<?> list -> list.stream().map(CanonicalText::of).collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            default -> value.getClass().getSimpleName() + ":" + value;
        };
    }
}
