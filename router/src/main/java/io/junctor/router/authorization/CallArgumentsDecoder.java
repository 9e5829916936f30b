package io.junctor.router.authorization;

import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the arguments of a call to a procedure of the router. The arguments that a testament will publish may be as large as a message,
 * so they are encoded here, outside of the turn: the second argument then becomes a payload. Stateless.
 */
final class CallArgumentsDecoder {
    static final Uri PROCEDURE = new Uri("wamp.session.add_testament");

    private CallArgumentsDecoder() {}

    /**
     * Returns the decoded arguments of {@code call}, with the arguments of a testament as a payload.
     *
     * @throws io.junctor.wamp.value.ProtocolViolationException if they cannot be read
     */
    @SuppressWarnings("NullAway") // The null annotations of records are not in their class files.
    static Arguments encoded(Call call, ArgumentsCodec codec) {
        Arguments arguments = codec.decode(call.payload());
        List<@Nullable Object> positional = arguments.positional();
        if (!call.procedure().equals(PROCEDURE) || positional.size() < 2) {
            return arguments;
        }
        Object list = Objects.requireNonNullElse(positional.get(1), List.of());
        Object dict = Objects.requireNonNullElse(positional.size() > 2 ? positional.get(2) : null, Map.of());
        if (!(list instanceof List<?> elements) || !(dict instanceof Map<?, ?> keywords)) {
            return arguments;
        }
        List<@Nullable Object> encoded = new ArrayList<>();
        encoded.add(positional.getFirst());
        encoded.add(codec.encode(published(elements, keywords)));
        return new Arguments(encoded, arguments.keywords());
    }

    @SuppressWarnings("NullAway") // The null annotations of records are not in their class files.
    private static Arguments published(List<?> elements, Map<?, ?> keywords) {
        Map<String, @Nullable Object> byName = new LinkedHashMap<>();
        keywords.forEach((name, value) -> byName.put(String.valueOf(name), value));
        return new Arguments(new ArrayList<>(elements), byName);
    }
}
