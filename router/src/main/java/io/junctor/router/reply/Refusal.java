package io.junctor.router.reply;

import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.nio.charset.StandardCharsets;

/**
 * Immutable. An {@code ERROR} of the router's own with its text, encoded once and for all: the text is the only argument.
 *
 * @param error the error
 * @param text what went wrong, for a developer
 * @param payload the text as an argument
 */
public record Refusal(WampError error, String text, Payload payload) {

    /** A refusal; the text must not need escaping in JSON. */
    public static Refusal of(WampError error, String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c > '~' || c == '"' || c == '\\')) {
            throw new IllegalArgumentException("text needs escaping: " + text);
        }
        byte[] json = ("[\"" + text + "\"]").getBytes(StandardCharsets.US_ASCII);
        return new Refusal(error, text, Payload.of(Serializer.JSON, Payload.ArgumentKinds.POSITIONAL, json, 0, json.length));
    }
}
