package io.junctor.wamp.codec.json;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.WireFormat;
import io.junctor.wamp.codec.WireReader;
import io.junctor.wamp.codec.WireWriter;
import io.junctor.wamp.value.Serializer;

/** The JSON serialization of WAMP messages (section "Serializers"). Thread-safe. */
public final class JsonWireFormat implements WireFormat {
    @Override
    public Serializer serializer() {
        return Serializer.JSON;
    }

    @Override
    public WireReader reader(byte[] bytes, int from, int to, CodecLimits limits) {
        return new JsonReader(bytes, from, to, limits);
    }

    @Override
    public WireWriter writer(int capacity, CodecLimits limits) {
        return new JsonWriter(capacity, limits);
    }
}
