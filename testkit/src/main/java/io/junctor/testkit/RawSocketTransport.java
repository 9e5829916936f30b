package io.junctor.testkit;

import io.junctor.wamp.auth.ChannelBinding;
import io.junctor.wamp.rawsocket.FramePrefix;
import io.junctor.wamp.rawsocket.RawSocketHandshake;
import io.junctor.wamp.value.Serializer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A RawSocket client that can break every rule of the transport: it can send any octets. It answers pings until
 * {@link #ignorePings}. Confined to the thread of the test; a virtual thread of this client reads.
 */
public final class RawSocketTransport implements ClientTransport {
    /** The default maximum length of messages that a client receives. */
    private static final int MAX_BYTES = 1 << 24;

    /** The type of a frame that the specification does not define. */
    private static final int UNKNOWN_TYPE = 3;

    private final Socket socket;
    private final Serializer serializer;
    private final OutputStream out;
    private final ReceivedQueue received = new ReceivedQueue();
    private final BlockingQueue<byte[]> pongs = new LinkedBlockingQueue<>();
    private volatile boolean answersPings = true; // Written by the test, read by the reading thread.

    private RawSocketTransport(Socket socket, Serializer serializer) throws IOException {
        this.socket = socket;
        this.serializer = serializer;
        this.out = socket.getOutputStream();
    }

    /**
     * Connects to host and port of {@code uri}, by TLS if its scheme is {@code wss}, and does the handshake. Fails the test if
     * the router refuses.
     */
    public static RawSocketTransport open(URI uri, Serializer serializer) {
        return open(uri, serializer, MAX_BYTES);
    }

    /** Connects like {@link #open(URI, Serializer)}, as a client that receives messages of up to {@code maxBytes}. */
    public static RawSocketTransport open(URI uri, Serializer serializer, int maxBytes) {
        try {
            Socket socket = WebSocketTransport.connect(uri);
            byte[] request = RawSocketHandshake.of(maxBytes, serializer).octets();
            byte[] reply = reply(socket, request);
            if (reply.length < RawSocketHandshake.BYTES || (reply[1] & 0x0F) != (request[1] & 0x0F)) {
                socket.close();
                throw new AssertionError("the RawSocket handshake was refused");
            }
            RawSocketTransport transport = new RawSocketTransport(socket, serializer);
            Thread.ofVirtual().name("test-reader").start(transport::read);
            return transport;
        } catch (IOException e) {
            throw new AssertionError("cannot connect to " + uri, e);
        }
    }

    /** Returns the router's answer to the octets of a handshake; an empty array if it closes the connection. */
    public static byte[] reply(Socket socket, byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        return socket.getInputStream().readNBytes(RawSocketHandshake.BYTES);
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    /** Returns the channel binding of this type on this side of the TLS connection, or null. */
    public byte @Nullable [] channelBinding(String type) {
        return socket instanceof SSLSocket tls ? ChannelBinding.ofClient(type, tls.getSession()) : null;
    }

    @Override
    public void send(byte[] message) {
        sendFrame(FramePrefix.MESSAGE, message);
    }

    @Override
    public void sendInWrongFrame(byte[] message) {
        sendFrame(UNKNOWN_TYPE, message);
    }

    /** Sends one frame of the given type. */
    public void sendFrame(int type, byte[] payload) {
        sendRaw(ByteBuffer.allocate(FramePrefix.BYTES + payload.length)
                .putInt(FramePrefix.of(type, payload.length))
                .put(payload)
                .array());
    }

    /** Sends octets without framing. If the router has closed the connection, {@link #receive} returns the end. */
    public void sendRaw(byte[] octets) {
        try {
            synchronized (out) {
                out.write(octets);
                out.flush();
            }
        } catch (IOException e) {
            received.close(ReceivedItem.Closed.DROPPED);
        }
    }

    /** From now on does not answer pings. */
    public void ignorePings() {
        answersPings = false;
    }

    /** Returns the payload of the next answer to a ping of the test. */
    public byte[] pong() throws InterruptedException {
        return pongs.take();
    }

    @Override
    public void cut() {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // The router may have closed the connection; then the reading thread has closed the socket.
            if (!socket.isClosed()) {
                throw new AssertionError("cannot close a socket", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError("cannot close a socket", e);
        }
    }

    @Override
    public @Nullable ReceivedItem receive(long timeoutMillis) {
        return received.poll(timeoutMillis);
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (!received.isClosed()) {
                int prefix = in.readInt();
                byte[] frame = in.readNBytes(FramePrefix.bytes(prefix));
                onFrame(FramePrefix.type(prefix), frame);
            }
        } catch (IOException e) {
            received.close(ReceivedItem.Closed.DROPPED);
            close();
        }
    }

    private void onFrame(int type, byte[] frame) {
        switch (type) {
            case FramePrefix.MESSAGE -> received.add(frame);
            case FramePrefix.PING -> {
                if (answersPings) {
                    sendFrame(FramePrefix.PONG, frame);
                }
            }
            default -> pongs.add(frame);
        }
    }
}
