package io.junctor.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.internal.Connector;
import io.junctor.client.internal.Transport;
import io.junctor.client.internal.TransportListener;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A router that follows a script, and the transport to it, without sockets. If the client has demanded a message, it handles
 * the message before {@link #send} returns. For the thread of the test.
 */
public final class ScriptedRouter implements Connector, Transport {
    private final Serializer serializer;
    private final Codec codec;
    private final LinkedBlockingQueue<FromClient> received = new LinkedBlockingQueue<>();
    private final ArrayDeque<Consumer<TransportListener>> deliveries = new ArrayDeque<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final List<Runnable> heldWrites = new ArrayList<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final Map<String, byte[]> bindings = new ConcurrentHashMap<>();
    private volatile boolean channelBindingFails;
    private TransportListener listener;
    private int demanded;
    private boolean holdsWrites;
    private boolean over;

    public ScriptedRouter(Serializer serializer) {
        this.serializer = serializer;
        this.codec = new Codecs(CodecLimits.DEFAULT).of(serializer);
    }

    /** The next message of the client, which must be of this type. */
    public <M extends FromClient> M expect(Class<M> type) {
        try {
            FromClient message = received.poll(5, TimeUnit.SECONDS);
            assertThat(message).as("expected " + type.getSimpleName()).isInstanceOf(type);
            return type.cast(message);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** The arguments of a message of the client. */
    public Arguments arguments(Payload payload) {
        return codec.arguments(payload);
    }

    /** A payload of the router. */
    public Payload payload(Object... positional) {
        return payload(Arguments.of(positional));
    }

    /** A payload of the router. */
    public Payload payload(Arguments arguments) {
        try {
            return codec.payload(arguments);
        } catch (UnrepresentableException problem) {
            throw new AssertionError(problem);
        }
    }

    /** Sends messages, each when the client demands it. */
    public void send(FromRouter... messages) {
        for (FromRouter message : messages) {
            try {
                sendRaw(codec.encode(message));
            } catch (UnrepresentableException problem) {
                throw new AssertionError(problem);
            }
        }
    }

    /** Sends bytes as one message. */
    public void sendRaw(byte[] message) {
        synchronized (this) {
            deliveries.add(to -> to.onMessage(message));
        }
        pump();
    }

    /** Reports a fault of the framing. */
    public void fault(String problem) {
        listener.onFault(problem);
    }

    /** Loses the connection. */
    public void lose(String cause) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        if (listener != null) {
            listener.onClosed(cause);
        }
    }

    /** Answers a ping. */
    public void pong() {
        listener.onPong();
    }

    /** Takes written messages from now on without completing the writes. */
    public synchronized void holdWrites() {
        holdsWrites = true;
    }

    /** Completes the pending writes. */
    public void releaseWrites() {
        List<Runnable> held;
        synchronized (this) {
            holdsWrites = false;
            held = List.copyOf(heldWrites);
            heldWrites.clear();
        }
        held.forEach(Runnable::run);
    }

    /** Returns how many messages the client has not demanded. */
    public synchronized int unread() {
        return deliveries.size();
    }

    /** Returns how many pings the client has sent. */
    public int pings() {
        return pings.get();
    }

    /** Returns the close code of the client. */
    public int closeCode() {
        try {
            return closeCode.get(5, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError("the client did not close the transport", failed);
        }
    }

    /** Fails if the client or the router has unread messages. */
    public void assertNothingMore() {
        assertThat(received).isEmpty();
    }

    /** Whether the client has closed or dropped the transport. */
    public synchronized boolean isOver() {
        return over;
    }

    @Override
    public CompletableFuture<Transport> connect() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    /** Sets the channel binding of the connection. */
    public void bind(String type, byte[] bytes) {
        bindings.put(type, bytes);
    }

    /** Lets requests for a channel binding fail with an exception from now on. */
    public void failOnChannelBinding() {
        channelBindingFails = true;
    }

    @Override
    public byte[] channelBinding(String type) {
        if (channelBindingFails) {
            throw new IllegalStateException("no TLS session");
        }
        return bindings.get(type);
    }

    @Override
    public void start(TransportListener given) {
        listener = given;
    }

    @Override
    public void demand() {
        synchronized (this) {
            demanded++;
        }
        pump();
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        for (byte[] message : messages) {
            received.add(codec.decodeFromClient(message));
        }
        synchronized (this) {
            if (holdsWrites) {
                heldWrites.add(done);
                return;
            }
        }
        done.run();
    }

    @Override
    public void ping() {
        pings.incrementAndGet();
    }

    @Override
    public void close(int code) {
        closeCode.complete(code);
        lose("closed");
    }

    @Override
    public void drop() {
        lose("dropped");
    }

    /** Delivers one message at a time, never from within a delivery. */
    private void pump() {
        if (rounds.getAndIncrement() != 0) {
            return;
        }
        int served = 1;
        do {
            for (var next = next(); next != null; next = next()) {
                next.accept(listener);
            }
            served = rounds.addAndGet(-served);
        } while (served != 0);
    }

    private synchronized Consumer<TransportListener> next() {
        if (demanded == 0 || deliveries.isEmpty() || over) {
            return null;
        }
        demanded--;
        return deliveries.remove();
    }
}
