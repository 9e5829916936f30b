package io.junctor.wamp.value;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The subprotocol of a transport: the serialization of its WAMP messages, and whether a transport message is a batch of WAMP messages
 * (section "Message Batching").
 *
 * @param isBatched whether one transport message is a batch of WAMP messages
 */
public record Subprotocol(Serializer serializer, boolean isBatched) {
    private static final String BATCHED = ".batched";

    /** The name for {@code Sec-WebSocket-Protocol}, such as {@code wamp.2.json} or {@code wamp.2.json.batched}. */
    public String name() {
        return isBatched ? serializer.subprotocol() + BATCHED : serializer.subprotocol();
    }

    /** Lists the names of the subprotocols with these serializations, for a text such as "must name one of". */
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
