package io.junctor.router.config.listener;

import io.junctor.wamp.value.Serializer;
import java.util.Set;

/**
 * The protocols and serializations of a listener.
 *
 * @param accepted the protocols, at least one
 * @param serializers the serializations, at least one
 * @param unencrypted whether a listener with TLS also accepts connections without TLS
 * @param rawSocketPings whether silent RawSocket clients get pings, which not every client knows
 */
public record ListenerProtocols(
        Set<ListenerProtocol> accepted, Set<Serializer> serializers, boolean unencrypted, boolean rawSocketPings) {
    /** HTTP and RawSocket, all serializations, no unencrypted connections on a listener with TLS, and no pings on RawSocket. */
    public static final ListenerProtocols DEFAULT =
            new ListenerProtocols(Set.of(ListenerProtocol.values()), Set.of(Serializer.values()), false, false);

    /** Copies the sets. */
    public ListenerProtocols {
        accepted = Set.copyOf(accepted);
        serializers = Set.copyOf(serializers);
        if (accepted.isEmpty() || serializers.isEmpty()) {
            throw new IllegalArgumentException("a listener needs at least one protocol and one serialization");
        }
    }

    /** Whether the listener accepts {@code protocol}. */
    public boolean accepts(ListenerProtocol protocol) {
        return accepted.contains(protocol);
    }

    ListenerProtocols withAccepted(Set<ListenerProtocol> others) {
        return new ListenerProtocols(others, serializers, unencrypted, rawSocketPings);
    }

    ListenerProtocols withSerializers(Set<Serializer> others) {
        return new ListenerProtocols(accepted, others, unencrypted, rawSocketPings);
    }

    ListenerProtocols withUnencrypted(boolean allowed) {
        return new ListenerProtocols(accepted, serializers, allowed, rawSocketPings);
    }

    ListenerProtocols withRawSocketPings(boolean sent) {
        return new ListenerProtocols(accepted, serializers, unencrypted, sent);
    }
}
