package io.junctor.client;

import io.junctor.client.engine.Answerer.CannotAnswer;
import io.junctor.client.engine.Transport;
import org.jspecify.annotations.Nullable;

/** Immutable. What the proof of one join is bound to. */
final class Bound {
    private final String type;
    private final byte[] bytes;

    private Bound(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /**
     * The first of the types that the connection has, null for none.
     *
     * @throws CannotAnswer if there has to be one
     */
    static @Nullable Bound of(Binding wish, Transport transport, String... types) {
        for (String type : types) {
            byte[] bytes = wish == Binding.NONE ? null : transport.channelBinding(type);
            if (bytes != null) {
                return new Bound(type, bytes);
            }
        }
        if (wish == Binding.REQUIRED) {
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
