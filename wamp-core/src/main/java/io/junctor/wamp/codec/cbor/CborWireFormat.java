package io.junctor.wamp.codec.cbor;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.WireFormat;
import io.junctor.wamp.codec.WireReader;
import io.junctor.wamp.codec.WireWriter;
import io.junctor.wamp.value.Serializer;

/** The CBOR serialization of WAMP messages (section "Serializers"). Thread-safe. */
public final class CborWireFormat implements WireFormat {
    @Override
    public Serializer serializer() {
        return Serializer.CBOR;
    }

    @Override
    public WireReader reader(byte[] bytes, int from, int to, CodecLimits limits) {
        return new CborReader(bytes, from, to, limits);
    }

    @Override
    public WireWriter writer(int capacity, CodecLimits limits) {
        return new CborWriter(capacity, limits);
    }
}
