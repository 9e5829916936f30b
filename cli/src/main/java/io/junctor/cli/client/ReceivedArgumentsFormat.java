package io.junctor.cli.client;

import io.junctor.cli.client.json.ArgumentParser;
import io.junctor.cli.client.json.JsonText;
import io.junctor.client.Args;
import io.junctor.client.PeerIdentity;
import io.junctor.client.ReceivedArguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formats received arguments as an object for programs and as a text for people. */
final class ReceivedArgumentsFormat {
    private static final String ARGS = "args";
    private static final String KWARGS = "kwargs";
    private static final int ONE_LINE_CHARS = 100;

    private ReceivedArgumentsFormat() {}

    /** Returns the arguments as an object with the keys {@code args} and {@code kwargs}, without empty ones. */
    static Map<String, @Nullable Object> object(ReceivedArguments received) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        addArguments(object, received);
        return object;
    }

    /** Adds the keys {@code args} and, if there are keyword arguments, {@code kwargs}. */
    static void addArguments(Map<String, @Nullable Object> object, ReceivedArguments received) {
        object.put(ARGS, received.arguments());
        if (!received.keywords().isEmpty()) {
            object.put(KWARGS, received.keywords());
        }
    }

    /** Reverses {@link #object}: returns the arguments of an object with the keys {@code args} and {@code kwargs}. */
    static Args arguments(Map<?, ?> object) {
        List<?> positional = object.get(ARGS) instanceof List<?> list ? list : List.of();
        Map<?, ?> keywords = object.get(KWARGS) instanceof Map<?, ?> map ? map : Map.of();
        return ArgumentParser.args(positional, keywords);
    }

    /** Returns a result for people: a single text unchanged, another value as JSON, indented if it is long; several arguments one per line. */
    static String result(ReceivedArguments result) {
        StringBuilder text = new StringBuilder();
        for (Object value : result.arguments()) {
            text.append(value instanceof String plain ? plain : json(value)).append('\n');
        }
        result.keywords()
                .forEach((keyword, value) ->
                        text.append(keyword).append('=').append(json(value)).append('\n'));
        return text.isEmpty() ? "" : text.substring(0, text.length() - 1);
    }

    private static String json(@Nullable Object value) {
        String line = JsonText.write(value);
        return line.length() <= ONE_LINE_CHARS ? line : JsonText.writeIndented(value);
    }

    /** Returns arguments on one line, in the form in which a user types them. */
    static String line(ReceivedArguments received) {
        return ArgumentParser.write(received.arguments(), received.keywords());
    }

    /** Returns an identity as an object. */
    static Map<String, @Nullable Object> object(PeerIdentity peer) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("session", peer.session());
        object.put("authid", peer.authid());
        object.put("authrole", peer.authrole());
        return object;
    }
}
