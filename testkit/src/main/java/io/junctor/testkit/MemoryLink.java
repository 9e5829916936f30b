package io.junctor.testkit;

import io.junctor.router.config.ListenerLimits;
import io.junctor.router.connection.CloseStatus;
import io.junctor.router.connection.Connection;
import io.junctor.router.connection.ConnectionAcceptor;
import io.junctor.router.connection.MessageReceiver;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. A transport without a socket. The router runs on the thread that sends, in one {@link Pass} per call, as
 * it does on an I/O thread; it is given one message per {@link Connection#demand()}. The client may stop reading, and the
 * transport may be lost.
 */
public final class MemoryLink implements Link {
    private final Serializer serializer;
    private final ListenerLimits limits;
    private final int receiveLimitBytes;
    private final Inbox inbox = new Inbox();

    // Guarded by this.
    private final Deque<Input> toRouter = new ArrayDeque<>();
    private final Deque<Write> unread = new ArrayDeque<>();
    private final List<Runnable> probes = new ArrayList<>();
    private @Nullable MessageReceiver receiver;
    private @Nullable CloseStatus ending;
    private @Nullable String goneBy;
    private int demanded;
    private int maxMessageBytes = ListenerLimits.HANDSHAKE_BYTES;
    private boolean delivering;
    private boolean routerTold;
    private boolean reading = true;

    private MemoryLink(Serializer serializer, ListenerLimits limits, int receiveLimitBytes) {
        this.serializer = serializer;
        this.limits = limits;
        this.receiveLimitBytes = receiveLimitBytes;
    }

    /** A new connection to {@code acceptor}, whose client takes messages of any size. */
    public static MemoryLink open(ConnectionAcceptor acceptor, Serializer serializer, ListenerLimits limits) {
        return open(acceptor, serializer, limits, Integer.MAX_VALUE);
    }

    /** A new connection to {@code acceptor}, whose client takes messages of up to {@code receiveLimitBytes}. */
    public static MemoryLink open(
            ConnectionAcceptor acceptor, Serializer serializer, ListenerLimits limits, int receiveLimitBytes) {
        MemoryLink link = new MemoryLink(serializer, limits, receiveLimitBytes);
        inPass(() -> {
            link.attach(acceptor.accept(link.new End()));
            link.deliver();
        });
        return link;
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public void send(byte[] message) {
        enqueue(List.of(new Input(new Arrival.Message(message), false)));
    }

    /** Sends several messages that the router reads in one pass. */
    public void sendTogether(List<byte[]> messages) {
        enqueue(messages.stream()
                .map(message -> new Input(new Arrival.Message(message), false))
                .toList());
    }

    @Override
    public void sendInWrongFrame(byte[] message) {
        enqueue(List.of(new Input(new Arrival.Message(message), true)));
    }

    @Override
    public void cut() {
        vanish(Arrival.Closed.DROPPED, "connection lost");
    }

    @Override
    public void close() {
        vanish(1000, "closed by the client");
    }

    @Override
    public @Nullable Arrival receive(long timeoutMillis) {
        return inbox.poll(timeoutMillis);
    }

    /** From now on the client takes no byte: what the router writes stays with the transport. */
    public synchronized void stopReading() {
        reading = false;
    }

    /** Takes what is there, and reads on. */
    public void resumeReading() {
        List<Runnable> done = new ArrayList<>();
        synchronized (this) {
            reading = true;
            done.addAll(probes);
            probes.clear();
            for (Write write = unread.poll(); write != null; write = unread.poll()) {
                write.messages.forEach(inbox::add);
                done.add(write.done);
            }
        }
        run(done);
        CloseStatus waiting = takeEnding();
        if (waiting != null) {
            vanish(waiting.webSocketCode(), "closed");
        }
    }

    /** How many messages were sent that the router did not ask for yet. */
    public synchronized int undelivered() {
        return toRouter.size();
    }

    /** How many messages arrived and were not read. */
    public int unreadMessages() {
        return inbox.size();
    }

    private void enqueue(List<Input> inputs) {
        synchronized (this) {
            if (goneBy == null) {
                toRouter.addAll(inputs);
            }
        }
        deliver();
    }

    private synchronized void attach(MessageReceiver router) {
        receiver = router;
    }

    /** Gives the router what it asked for; one thread at a time does, others leave their work to it. */
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
        if (router == null || routerTold) {
            return rest();
        }
        if (goneBy != null) {
            String cause = goneBy;
            routerTold = true;
            toRouter.clear();
            return () -> router.onClosed(cause);
        }
        if (input == null || (demanded == 0 && !input.wrongFrame)) {
            return rest();
        }
        toRouter.remove();
        return stepFor(router, input);
    }

    /** Leaves the delivery to other threads, when the router has done what this one gave it. */
    private @Nullable Runnable rest() {
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
            return () -> vanish(1009, "message of more than " + maximum + " bytes");
        }
        demanded--;
        return () -> router.onMessage(input.message.bytes());
    }

    private void vanish(int code, String cause) {
        List<Runnable> done = new ArrayList<>();
        synchronized (this) {
            if (goneBy == null) {
                goneBy = cause;
                inbox.close(code);
            }
            for (Write write = unread.poll(); write != null; write = unread.poll()) {
                done.add(write.done);
            }
        }
        run(done);
        deliver();
    }

    private synchronized @Nullable CloseStatus takeEnding() {
        CloseStatus waiting = ending;
        ending = null;
        return waiting;
    }

    private static void run(List<Runnable> callbacks) {
        inPass(() -> callbacks.forEach(Runnable::run));
    }

    /** As on an I/O thread: what the router wants to write goes out when it has returned. */
    private static void inPass(Runnable work) {
        Pass pass = Pass.open();
        try {
            work.run();
        } finally {
            pass.close();
        }
    }

    /** The router's end. */
    private final class End implements Connection {
        @Override
        public Serializer serializer() {
            return serializer;
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
            synchronized (MemoryLink.this) {
                return goneBy == null;
            }
        }

        /** A client that stopped reading gives no sign of life before it goes on. */
        @Override
        public void probe(Runnable answered) {
            synchronized (MemoryLink.this) {
                if (!reading) {
                    probes.add(answered);
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
            synchronized (MemoryLink.this) {
                demanded++;
            }
            deliver();
        }

        @Override
        public void maxMessageBytes(int bytes) {
            synchronized (MemoryLink.this) {
                maxMessageBytes = bytes;
            }
        }

        @Override
        public void write(List<byte[]> messages, Runnable done) {
            synchronized (MemoryLink.this) {
                if (goneBy == null && !reading) {
                    unread.add(new Write(List.copyOf(messages), done));
                    return;
                }
                messages.forEach(inbox::add);
            }
            done.run();
        }

        @Override
        public void close(CloseStatus why) {
            synchronized (MemoryLink.this) {
                if (!unread.isEmpty()) {
                    ending = why;
                    return;
                }
            }
            vanish(why.webSocketCode(), "closed");
        }

        @Override
        public void drop() {
            vanish(Arrival.Closed.DROPPED, "dropped");
        }
    }

    private record Input(Arrival.Message message, boolean wrongFrame) {}

    private record Write(List<byte[]> messages, Runnable done) {}
}
