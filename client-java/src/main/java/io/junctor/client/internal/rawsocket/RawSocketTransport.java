package io.junctor.client.internal.rawsocket;

import io.junctor.client.internal.Transport;
import io.junctor.client.internal.TransportListener;
import io.junctor.client.internal.VirtualThreads;
import io.junctor.wamp.rawsocket.FramePrefix;
import io.junctor.wamp.value.Serializer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A transport that consists of one RawSocket connection. As thread-safe as {@link Transport} demands.
 *
 * <p>The reading thread waits for demand, reads one frame at a time and calls the listener. It writes answers to pings
 * itself, so it stops reading from a router that sends pings but reads no answers. The writing thread runs one task at a time.
 */
final class RawSocketTransport implements Transport {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int CLOSE_WAIT_SECONDS = 5;
    private static final byte[] EMPTY = {};

    /** The next task of the writing thread. */
    private sealed interface Task permits Task.Write, Task.Ping, Task.Close, Task.Stop {
        record Write(List<byte[]> messages, Runnable done) implements Task {}

        record Ping() implements Task {}

        record Close() implements Task {}

        record Stop() implements Task {}
    }

    private final ConnectedSocket socket;
    private final Serializer serializer;
    private final int receiveBytes;
    private final int sendBytes;
    private final Semaphore demanded = new Semaphore(0);
    private final LinkedBlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable String> endCause = new AtomicReference<>();

    /** Guards the output. */
    private final ReentrantLock writing = new ReentrantLock();

    private final DataOutputStream out;

    /** Whether {@link #close} was called; from then on frames are read and discarded. */
    private volatile boolean closing;

    RawSocketTransport(ConnectedSocket socket, Serializer serializer, int receiveBytes, int routerReceivesBytes) {
        this.socket = socket;
        this.serializer = serializer;
        this.receiveBytes = receiveBytes;
        this.sendBytes = Math.min(routerReceivesBytes, FramePrefix.MAX_SENT_BYTES);
        this.out = new DataOutputStream(new BufferedOutputStream(socket.out(), BUFFER_BYTES));
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public int maxSentBytes() {
        return sendBytes;
    }

    @Override
    public byte @Nullable [] channelBinding(String type) {
        return socket.channelBinding(type);
    }

    @Override
    public void start(TransportListener listener) {
        VirtualThreads.EXECUTOR.execute(() -> read(listener));
        VirtualThreads.EXECUTOR.execute(this::write);
    }

    @Override
    public void demand() {
        demanded.release();
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        tasks.add(new Task.Write(messages, done));
        if (endCause.get() != null) {
            discardTasks();
        }
    }

    @Override
    public void ping() {
        tasks.add(new Task.Ping());
    }

    /** Ends the stream; RawSocket has no close codes. */
    @Override
    public void close(int code) {
        tasks.add(new Task.Close());
        closing = true;
        demanded.release();
        CompletableFuture.delayedExecutor(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS, VirtualThreads.EXECUTOR)
                .execute(this::drop);
    }

    @Override
    public void drop() {
        end("dropped");
    }

    private void end(String cause) {
        endCause.compareAndSet(null, cause);
        closeQuietly(socket);
        demanded.release();
        tasks.add(new Task.Stop());
    }

    private void read(TransportListener listener) {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.in(), BUFFER_BYTES));
            while (endCause.get() == null) {
                demanded.acquire();
                readMessage(in, listener);
            }
        } catch (IOException failure) {
            end(failure.getMessage() == null ? "closed by the router" : String.valueOf(failure.getMessage()));
        } catch (InterruptedException interrupted) {
            end("interrupted");
        }
        listener.onClosed(String.valueOf(endCause.get()));
    }

    /** Reads up to the end of the next message; discards messages while closing. */
    private void readMessage(DataInputStream in, TransportListener listener) throws IOException {
        while (endCause.get() == null) {
            int prefix = in.readInt();
            String problem = FramePrefix.problem(prefix);
            int bytes = FramePrefix.bytes(prefix);
            if (problem != null || bytes > receiveBytes) {
                throw new IOException(
                        problem == null
                                ? "the router sent a message of more than " + receiveBytes + " bytes"
                                : problem);
            }
            byte[] frame = in.readNBytes(bytes);
            if (frame.length < bytes) {
                throw new IOException("closed by the router in the middle of a message");
            }
            switch (FramePrefix.type(prefix)) {
                case FramePrefix.PING -> send(FramePrefix.PONG, frame);
                case FramePrefix.PONG -> listener.onPong();
                default -> {
                    if (!closing) {
                        listener.onMessage(frame);
                        return;
                    }
                }
            }
        }
    }

    private void write() {
        try {
            while (endCause.get() == null) {
                perform(tasks.take());
            }
        } catch (IOException failure) {
            end("nothing can be sent: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            end("interrupted");
        }
        discardTasks();
    }

    private void perform(Task task) throws IOException {
        switch (task) {
            case Task.Write write -> {
                try {
                    send(write.messages());
                } finally {
                    write.done().run();
                }
            }
            case Task.Ping ping -> send(FramePrefix.PING, EMPTY);
            case Task.Close close -> socket.shutdownOutput();
            case Task.Stop stop -> {}
        }
    }

    private void send(List<byte[]> messages) throws IOException {
        writing.lock();
        try {
            for (byte[] message : messages) {
                out.writeInt(FramePrefix.of(FramePrefix.MESSAGE, message.length));
                out.write(message);
            }
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    private void send(int type, byte[] payload) throws IOException {
        writing.lock();
        try {
            out.writeInt(FramePrefix.of(type, payload.length));
            out.write(payload);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    private void discardTasks() {
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            if (task instanceof Task.Write write) {
                write.done().run();
            }
        }
    }

    static void closeQuietly(ConnectedSocket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // The connection has ended in any case.
        }
    }
}
