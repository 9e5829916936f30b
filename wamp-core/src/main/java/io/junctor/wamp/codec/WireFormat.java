package io.junctor.wamp.codec;

import io.junctor.wamp.value.Serializer;

/** Creates the readers and writers of one serialization. Thread-safe. */
public interface WireFormat {
    /** The serialization. */
    Serializer serializer();

    /** Creates a reader of {@code from..to} of {@code bytes}. */
    WireReader reader(byte[] bytes, int from, int to, CodecLimits limits);

    /**
     * Creates an empty writer with an initial {@code capacity} in bytes. It refuses values nested deeper than {@code
     * limits} allow.
     */
    WireWriter writer(int capacity, CodecLimits limits);
}
