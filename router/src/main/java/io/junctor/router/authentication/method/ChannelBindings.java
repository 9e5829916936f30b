package io.junctor.router.authentication.method;

import org.jspecify.annotations.Nullable;

/** The channel bindings of a client's connection. Thread-safe. */
@FunctionalInterface
public interface ChannelBindings {
    /** Returns the channel binding (RFC 5056) of this type, or null if the connection has none. */
    byte @Nullable [] binding(String type);
}
