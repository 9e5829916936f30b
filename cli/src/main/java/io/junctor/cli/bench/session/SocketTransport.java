package io.junctor.cli.bench.session;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import tlschannel.NeedsReadException;

/**
 * Sends and receives messages over one socket of a {@link SelectorLoop}. Sent bytes wait until the loop writes them. Confined to the thread
 * of its loop.
 */
final class SocketTransport implements SessionTransport {
    /** Receives the events of a connection. */
    interface Listener {
        /** Called when the router accepts messages. */
        void onOpened();

        /** Called with each message of the router. */
        void onMessage(byte[] message);

        /** Called when the connection has ended as expected. */
        void onEnd();
    }

    private static final int CLOSE_CODE_BYTES = 2;
    private static final byte[] NOTHING = {};

    private final SelectorLoop loop;
    private final ByteChannel channel;
    private final boolean encrypted;
    private final SelectionKey key;
    private final WriteBuffer outgoing = new WriteBuffer();
    private final Framing framing;
    private final Listener listener;
    private byte[] rest = NOTHING;
    private boolean waiting;
    /** Whether the socket did not accept all bytes; {@link #outgoing} no longer contains the bytes that are already encrypted. */
    private boolean blocked;

    private boolean closing;
    private int reading = SelectionKey.OP_READ;

    private SocketTransport(
            SelectorLoop loop, SocketChannel socket, TargetRouter target, Framing framing, Listener listener)
            throws IOException {
        this.loop = loop;
        this.channel = target.through(socket);
        this.encrypted = target.tls() != null;
        socket.configureBlocking(false);
        this.key = loop.register(socket, this);
        this.framing = framing;
        this.listener = listener;
        framing.open(outgoing);
    }

    static SocketTransport open(SelectorLoop loop, TargetRouter target, Framing framing, Listener listener) {
        try {
            SocketChannel socket = SocketChannel.open(target.address());
            if (socket.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            SocketTransport connection = new SocketTransport(loop, socket, target, framing, listener);
            loop.toWrite(connection);
            return connection;
        } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
            throw new BenchException("cannot connect to " + target.url() + ": " + reason(e) + ".");
        }
    }

    @Override
    public void send(byte[] message) {
        framing.message(message, outgoing);
        flushLater();
    }

    /** Asks the loop to flush, because the framing may have bytes to write. */
    void flushLater() {
        if (!waiting) {
            waiting = true;
            loop.toWrite(this);
        }
    }

    /** From now on, the end of the connection is not a failure. */
    @Override
    public void expectEnd() {
        closing = true;
    }

    /** From now on leaves the bytes of the router unread. */
    @Override
    public void stopReading() {
        reading = 0;
        key.interestOps(0);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new BenchException("cannot close a connection: " + reason(e) + ".");
        }
    }

    void flush() {
        waiting = false;
        framing.flush(outgoing);
        if ((outgoing.isEmpty() && !blocked) || !channel.isOpen()) {
            return;
        }
        try {
            blocked = !outgoing.writeTo(channel);
            key.interestOps(blocked ? reading | SelectionKey.OP_WRITE : reading);
        } catch (IOException e) {
            ended("cannot write to it: " + reason(e));
        }
    }

    /** Reads all bytes that have arrived. The buffer is used only during the call. */
    void onReadable(ByteBuffer buffer) {
        boolean more;
        do {
            buffer.clear().put(rest);
            int count = fill(buffer);
            if (count < 0) {
                ended("the server closed it");
                return;
            }
            // TLS decrypts one record per read and does not report whether another record follows.
            more = encrypted ? count > 0 : !buffer.hasRemaining();
            framing.read(buffer.flip(), this);
            if (buffer.remaining() == buffer.capacity()) {
                throw new BenchException(
                        "the header of the server's response is over " + buffer.capacity() + " bytes long.");
            }
            rest = buffer.hasRemaining() ? remaining(buffer) : NOTHING;
        } while (more && channel.isOpen());
    }

    void onOpened() {
        listener.onOpened();
    }

    void onMessage(byte[] message) {
        listener.onMessage(message);
    }

    void onPing(byte[] payload) {
        framing.pong(payload, outgoing);
        flushLater();
    }

    void onClose(byte[] payload) {
        int from = Math.min(CLOSE_CODE_BYTES, payload.length);
        ended("the server closed it: " + new String(payload, from, payload.length - from, StandardCharsets.UTF_8));
    }

    private int fill(ByteBuffer buffer) {
        try {
            return channel.read(buffer);
        } catch (NeedsReadException e) {
            return 0;
        } catch (IOException e) {
            ended("cannot read from it: " + reason(e));
            return 0;
        }
    }

    private void ended(String how) {
        close();
        if (!closing) {
            throw new BenchException("lost a connection, " + how + ".");
        }
        listener.onEnd();
    }

    private static byte[] remaining(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String reason(Exception failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
