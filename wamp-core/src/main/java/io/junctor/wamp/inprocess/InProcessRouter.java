package io.junctor.wamp.inprocess;

import io.junctor.wamp.value.Serializer;

/** A router in this Java process, to which clients connect without sockets. Thread-safe. */
public interface InProcessRouter {
    /**
     * Connects a client that receives messages of up to {@code receiveLimitBytes}. Does not block. The client receives no message before
     * {@link InProcessConnection#start}.
     *
     * @throws IllegalStateException if the router accepts no more connections; the text contains the reason
     */
    InProcessConnection connect(Serializer serializer, int receiveLimitBytes);
}
