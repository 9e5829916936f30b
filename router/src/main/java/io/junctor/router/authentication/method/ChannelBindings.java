package io.junctor.router.authentication.method;

import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. What the connection of a client can be told from others by. */
@FunctionalInterface
public interface ChannelBindings {
    /** The bytes for this type of channel binding (RFC 5056), or null where the connection has none. */
    byte @Nullable [] binding(String type);
}
