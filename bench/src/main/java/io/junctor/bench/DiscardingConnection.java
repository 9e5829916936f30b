package io.junctor.bench;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.Connection;
import io.junctor.wamp.value.Serializer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection that completes each write immediately and discards the messages. One thread sends messages to the router; any thread may
 * write.
 */
final class DiscardingConnection implements Connection {
    private final AtomicLong messages = new AtomicLong();
    private final AtomicInteger demanded = new AtomicInteger();

    /** Returns the number of discarded messages. */
    long messages() {
        return messages.get();
    }

    /** Returns whether the router demands another message. */
    boolean isDemanded() {
        return demanded.get() == 1;
    }

    /** Clears the router's demand for another message. Returns whether there was a demand. */
    boolean takeDemand() {
        if (demanded.get() == 0) {
            return false;
        }
        demanded.set(0);
        return true;
    }

    @Override
    public Serializer serializer() {
        return Serializer.MSGPACK;
    }

    @Override
    public JoinRestriction joins() {
        return JoinRestriction.NONE;
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
    public void demand() {
        demanded.set(1);
    }

    @Override
    public void maxMessageBytes(int bytes) {}

    @Override
    public void write(List<byte[]> batch, Runnable done) {
        messages.setRelease(messages.getPlain() + batch.size());
        done.run();
    }

    @Override
    public void close(CloseStatus ending) {}

    @Override
    public void drop() {}
}
