package io.junctor.client.auth;

import io.junctor.client.internal.ChallengeResponder.CannotAnswer;
import io.junctor.client.internal.Transport;
import org.jspecify.annotations.Nullable;

/** Immutable. What the proof of one join is bound to. */
final class BoundChannel {
    private final String type;
    private final byte[] bytes;

    private BoundChannel(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /**
     * The first of the types that the connection has, null for none.
     *
     * @throws CannotAnswer if there has to be one
     */
    static @Nullable BoundChannel of(ChannelBindingMode wish, Transport transport, String... types) {
        for (String type : types) {
            byte[] bytes = wish == ChannelBindingMode.NONE ? null : transport.channelBinding(type);
            if (bytes != null) {
                return new BoundChannel(type, bytes);
            }
        }
        if (wish == ChannelBindingMode.REQUIRED) {
            throw new CannotAnswer("the connection has no channel binding: " + String.join(" and ", types)
                    + " need TLS that ends in this JVM, tls-exporter also TLS 1.3 and Java 25");
        }
        return null;
    }

    String type() {
        return type;
    }

    byte[] bytes() {
        return bytes;
    }
}
