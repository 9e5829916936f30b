package io.junctor.wamp.codec;

import io.junctor.wamp.value.Serializer;

/** What a serialization brings: a cursor to read messages with and one to write them. Thread-safe. */
public interface WireFormat {
    /** The serialization. */
    Serializer serializer();

    /** A cursor over {@code from..to} of {@code bytes}. */
    WireReader reader(byte[] bytes, int from, int to, CodecLimits limits);

    /**
     * An empty writer with room for {@code capacity} bytes at first, which refuses trees deeper than {@code limits}
     * allow.
     */
    WireWriter writer(int capacity, CodecLimits limits);
}
