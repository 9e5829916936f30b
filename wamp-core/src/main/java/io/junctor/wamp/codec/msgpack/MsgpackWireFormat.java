package io.junctor.wamp.codec.msgpack;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.WireFormat;
import io.junctor.wamp.codec.WireReader;
import io.junctor.wamp.codec.WireWriter;
import io.junctor.wamp.value.Serializer;

/** The MessagePack serialization of WAMP messages (section "Serializers"). Thread-safe. */
public final class MsgpackWireFormat implements WireFormat {
    @Override
    public Serializer serializer() {
        return Serializer.MSGPACK;
    }

    @Override
    public WireReader reader(byte[] bytes, int from, int to, CodecLimits limits) {
        return new MsgpackReader(bytes, from, to, limits);
    }

    @Override
    public WireWriter writer(int capacity, CodecLimits limits) {
        return new MsgpackWriter(capacity, limits);
    }
}
