package io.junctor.router.reply;

import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An {@code ERROR} of the router with its text, encoded once: the text is the only argument. A refusal whose text is the same for all
 * requests is a constant; a refusal whose text contains values of the request is made when the request is refused.
 *
 * @param error the error
 * @param text a description of the error, for a developer
 * @param payload the text as an argument
 * @param isLogged whether it was already logged
 */
public record Refusal(WampError error, String text, Payload payload, boolean isLogged) {

    /** A refusal with this text, which may contain text of a client. */
    public static Refusal of(WampError error, String text) {
        byte[] json = ("[\"" + escaped(text) + "\"]").getBytes(StandardCharsets.UTF_8);
        return new Refusal(
                error,
                text,
                Payload.of(Serializer.JSON, Payload.ArgumentKinds.POSITIONAL, json, 0, json.length),
                false);
    }

    /** This refusal with {@code subject}, which describes the request, in front of its text. */
    public Refusal about(String subject) {
        Refusal named = of(error, subject + ": " + text);
        return isLogged ? named.logged() : named;
    }

    /** This refusal, marked as logged. */
    public Refusal logged() {
        return new Refusal(error, text, payload, true);
    }

    /** The text as the content of a JSON string; an unpaired surrogate is replaced by U+FFFD. */
    private static String escaped(String text) {
        if (text.chars().noneMatch(Refusal::needsEscaping)) {
            return text;
        }
        StringBuilder json = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> {
            if (Character.getType(codePoint) == Character.SURROGATE) {
                json.append('\ufffd');
            } else if (codePoint < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", codePoint));
            } else if (codePoint == '"' || codePoint == '\\') {
                json.append('\\').append((char) codePoint);
            } else {
                json.appendCodePoint(codePoint);
            }
        });
        return json.toString();
    }

    private static boolean needsEscaping(int character) {
        return character < ' ' || character == '"' || character == '\\' || Character.isSurrogate((char) character);
    }
}
