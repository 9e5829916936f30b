package io.junctor.client.auth;

import io.junctor.client.internal.ChallengeResponder.CannotAnswerException;
import io.junctor.client.internal.Transport;
import org.jspecify.annotations.Nullable;

/** The channel binding of one login. */
final class LoginChannelBinding {
    private final String type;
    private final byte[] bytes;

    private LoginChannelBinding(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /**
     * Returns the first of the types that the connection supports, or null if the connection supports none or {@code mode} needs no
     * binding.
     *
     * @throws CannotAnswerException if a binding is required but the connection supports no type
     */
    static @Nullable LoginChannelBinding of(ChannelBindingMode mode, Transport transport, String... types) {
        for (String type : types) {
            byte[] bytes = mode == ChannelBindingMode.NONE ? null : transport.channelBinding(type);
            if (bytes != null) {
                return new LoginChannelBinding(type, bytes);
            }
        }
        if (mode == ChannelBindingMode.REQUIRED) {
            throw new CannotAnswerException("the connection has no channel binding: " + String.join(" and ", types)
                    + " need TLS in this JVM; tls-exporter needs TLS 1.3 and Java 25 too");
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
