package io.junctor.wamp.value;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a transport carries: WAMP messages in a serialization, each alone or several in a batch (section "Message Batching").
 *
 * @param isBatched whether one transport message is a batch of WAMP messages
 */
public record Subprotocol(Serializer serializer, boolean isBatched) {
    private static final String BATCHED = ".batched";

    /** The name, as in {@code Sec-WebSocket-Protocol}: {@code wamp.2.json}, {@code wamp.2.json.batched}. */
    public String name() {
        return isBatched ? serializer.subprotocol() + BATCHED : serializer.subprotocol();
    }

    /** The names of the subprotocols with these serializations, for a sentence such as "must name one of". */
    public static String namesOf(Collection<Serializer> serializers) {
        return serializers.stream().sorted().map(Serializer::subprotocol).collect(Collectors.joining(", "))
                + " (each also with " + BATCHED + ")";
    }

    /** Returns the subprotocol of a name, or empty if the name is unknown. */
    public static Optional<Subprotocol> of(String name) {
        boolean batched = name.endsWith(BATCHED);
        String serializer = batched ? name.substring(0, name.length() - BATCHED.length()) : name;
        return Serializer.ofSubprotocol(serializer).map(found -> new Subprotocol(found, batched));
    }
}
