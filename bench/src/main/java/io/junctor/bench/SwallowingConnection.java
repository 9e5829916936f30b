package io.junctor.bench;

import io.junctor.router.config.ListenerLimits;
import io.junctor.router.transport.Connection;
import io.junctor.router.transport.Ending;
import io.junctor.wamp.value.Serializer;
import java.util.List;

/** Used by one thread. A transport that takes everything at once and keeps nothing. */
final class SwallowingConnection implements Connection {
    private long messages;

    /** How many messages it swallowed. */
    long messages() {
        return messages;
    }

    @Override
    public Serializer serializer() {
        return Serializer.MSGPACK;
    }

    @Override
    public ListenerLimits limits() {
        return ListenerLimits.DEFAULT;
    }

    @Override
    public int receiveLimitBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String peer() {
        return "benchmark";
    }

    @Override
    public void demand() {}

    @Override
    public void maxMessageBytes(int bytes) {}

    @Override
    public void write(List<byte[]> batch, Runnable done) {
        messages += batch.size();
        done.run();
    }

    @Override
    public void close(Ending ending) {}

    @Override
    public void drop() {}
}
