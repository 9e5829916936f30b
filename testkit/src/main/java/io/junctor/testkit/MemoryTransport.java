package io.junctor.testkit;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.ConnectionAcceptor;
import io.junctor.router.connection.transport.MessageReceiver;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transport without a socket. The router runs on the thread that sends, in one {@link Pass} per call, as it does on an I/O
 * thread, and receives one message per {@link Connection#demand()}. The client can stop reading and can end the transport.
 * Thread-safe.
 */
public final class MemoryTransport implements ClientTransport {
    private final Serializer serializer;
    private final ListenerLimits limits;
    private final int receiveLimitBytes;
    private final ReceivedQueue received = new ReceivedQueue();

    // Guarded by this.
    private final Deque<Input> toRouter = new ArrayDeque<>();
    private final Deque<Write> unread = new ArrayDeque<>();
    private final List<Runnable> pendingProbes = new ArrayList<>();
    private @Nullable MessageReceiver receiver;
    private @Nullable CloseStatus closeStatus;
    private @Nullable String closeCause;
    private int demanded;
    private int maxMessageBytes = ListenerLimits.HANDSHAKE_BYTES;
    private boolean delivering;
    private boolean closeDelivered;
    private boolean reading = true;

    private MemoryTransport(Serializer serializer, ListenerLimits limits, int receiveLimitBytes) {
        this.serializer = serializer;
        this.limits = limits;
        this.receiveLimitBytes = receiveLimitBytes;
    }

    /** Opens a connection to {@code acceptor} whose client accepts messages of any size. */
    public static MemoryTransport open(ConnectionAcceptor acceptor, Serializer serializer, ListenerLimits limits) {
        return open(acceptor, serializer, limits, Integer.MAX_VALUE);
    }

    /** Opens a connection to {@code acceptor} whose client accepts messages of up to {@code receiveLimitBytes}. */
    public static MemoryTransport open(
            ConnectionAcceptor acceptor, Serializer serializer, ListenerLimits limits, int receiveLimitBytes) {
        MemoryTransport transport = new MemoryTransport(serializer, limits, receiveLimitBytes);
        inPass(() -> {
            transport.attach(acceptor.accept(transport.new RouterEnd()));
            transport.deliver();
        });
        return transport;
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public void send(byte[] message) {
        enqueue(List.of(new Input(new ReceivedItem.Message(message), false)));
    }

    /** Sends several messages that the router reads in one pass. */
    public void sendTogether(List<byte[]> messages) {
        enqueue(messages.stream()
                .map(message -> new Input(new ReceivedItem.Message(message), false))
                .toList());
    }

    @Override
    public void sendInWrongFrame(byte[] message) {
        enqueue(List.of(new Input(new ReceivedItem.Message(message), true)));
    }

    @Override
    public void cut() {
        end(ReceivedItem.Closed.DROPPED, "connection lost");
    }

    @Override
    public void close() {
        end(1000, "closed by the client");
    }

    @Override
    public @Nullable ReceivedItem receive(long timeoutMillis) {
        return received.poll(timeoutMillis);
    }

    /** From now on the client does not read: messages of the router wait in the transport. */
    public synchronized void stopReading() {
        reading = false;
    }

    /** Reads the waiting messages, and reads on. */
    public void resumeReading() {
        List<Runnable> done = new ArrayList<>();
        synchronized (this) {
            reading = true;
            done.addAll(pendingProbes);
            pendingProbes.clear();
            for (Write write = unread.poll(); write != null; write = unread.poll()) {
                write.messages.forEach(received::add);
                done.add(write.done);
            }
        }
        run(done);
        CloseStatus waiting = takeCloseStatus();
        if (waiting != null) {
            end(waiting.webSocketCode(), "closed");
        }
    }

    /** Returns how many sent messages the router has not received. */
    public synchronized int undelivered() {
        return toRouter.size();
    }

    /** Returns how many received messages the test has not read. */
    public int unreadMessages() {
        return received.size();
    }

    private void enqueue(List<Input> inputs) {
        synchronized (this) {
            if (closeCause == null) {
                toRouter.addAll(inputs);
            }
        }
        deliver();
    }

    private synchronized void attach(MessageReceiver router) {
        receiver = router;
    }

    /**
     * Delivers the demanded messages to the router. One thread at a time delivers; it also delivers the messages of other threads.
     */
    private void deliver() {
        synchronized (this) {
            if (delivering || receiver == null) {
                return;
            }
            delivering = true;
        }
        inPass(() -> {
            for (Runnable step = nextStep(); step != null; step = nextStep()) {
                step.run();
            }
        });
    }

    private synchronized @Nullable Runnable nextStep() {
        MessageReceiver router = receiver;
        Input input = toRouter.peek();
        if (router == null || closeDelivered) {
            return finishDelivery();
        }
        if (closeCause != null) {
            String cause = closeCause;
            closeDelivered = true;
            toRouter.clear();
            return () -> router.onClosed(cause);
        }
        if (input == null || (demanded == 0 && !input.wrongFrame)) {
            return finishDelivery();
        }
        toRouter.remove();
        return stepFor(router, input);
    }

    /** Ends the delivery by this thread when the pass is settled. */
    private @Nullable Runnable finishDelivery() {
        Pass pass = Pass.current();
        if (pass.isSettled()) {
            delivering = false;
            return null;
        }
        return pass::settle;
    }

    private Runnable stepFor(MessageReceiver router, Input input) {
        if (input.wrongFrame) {
            toRouter.clear();
            return () -> router.onFault("a frame of the wrong kind for " + serializer.subprotocol());
        }
        int maximum = maxMessageBytes;
        if (input.message.bytes().length > maximum) {
            return () -> end(1009, "message of more than " + maximum + " bytes");
        }
        demanded--;
        return () -> router.onMessage(input.message.bytes());
    }

    private void end(int code, String cause) {
        List<Runnable> done = new ArrayList<>();
        synchronized (this) {
            if (closeCause == null) {
                closeCause = cause;
                received.close(code);
            }
            for (Write write = unread.poll(); write != null; write = unread.poll()) {
                done.add(write.done);
            }
        }
        run(done);
        deliver();
    }

    private synchronized @Nullable CloseStatus takeCloseStatus() {
        CloseStatus waiting = closeStatus;
        closeStatus = null;
        return waiting;
    }

    private static void run(List<Runnable> callbacks) {
        inPass(() -> callbacks.forEach(Runnable::run));
    }

    /** Runs in a pass, like on an I/O thread: the router's messages are flushed at the end of the pass. */
    private static void inPass(Runnable work) {
        Pass pass = Pass.open();
        try {
            work.run();
        } finally {
            pass.close();
        }
    }

    /** The router's side of the transport. */
    private final class RouterEnd implements Connection {
        @Override
        public Serializer serializer() {
            return serializer;
        }

        @Override
        public JoinRestriction joins() {
            return JoinRestriction.NONE;
        }

        @Override
        public ListenerLimits limits() {
            return limits;
        }

        @Override
        public int receiveLimitBytes() {
            return receiveLimitBytes;
        }

        @Override
        public String peer() {
            return "memory";
        }

        @Override
        public boolean isOpen() {
            synchronized (MemoryTransport.this) {
                return closeCause == null;
            }
        }

        /** Answers at once, unless the client stopped reading: then it answers when it reads again. */
        @Override
        public void probe(Runnable answered) {
            synchronized (MemoryTransport.this) {
                if (!reading) {
                    pendingProbes.add(answered);
                    return;
                }
            }
            answered.run();
        }

        @Override
        public boolean isPrivate() {
            return true;
        }

        @Override
        public void demand() {
            synchronized (MemoryTransport.this) {
                demanded++;
            }
            deliver();
        }

        @Override
        public void maxMessageBytes(int bytes) {
            synchronized (MemoryTransport.this) {
                maxMessageBytes = bytes;
            }
        }

        @Override
        public void write(List<byte[]> messages, Runnable done) {
            synchronized (MemoryTransport.this) {
                if (closeCause == null && !reading) {
                    unread.add(new Write(List.copyOf(messages), done));
                    return;
                }
                messages.forEach(received::add);
            }
            done.run();
        }

        @Override
        public void close(CloseStatus why) {
            synchronized (MemoryTransport.this) {
                if (!unread.isEmpty()) {
                    closeStatus = why;
                    return;
                }
            }
            end(why.webSocketCode(), "closed");
        }

        @Override
        public void drop() {
            end(ReceivedItem.Closed.DROPPED, "dropped");
        }
    }

    private record Input(ReceivedItem.Message message, boolean wrongFrame) {}

    private record Write(List<byte[]> messages, Runnable done) {}
}
