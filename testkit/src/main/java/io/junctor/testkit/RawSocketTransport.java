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
 * A RawSocket client that can break every rule of the transport: it sends any octets. It answers pings until
 * {@link #ignorePings}. Confined to the thread of the test; a virtual thread of its own reads.
 */
public final class RawSocketTransport implements ClientTransport {
    /** The longest messages that a client receives by default. */
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
     * Connects to host and port of {@code uri}, by TLS if its scheme is {@code wss}, and shakes hands. Fails the test if
     * the router refuses.
     */
    public static RawSocketTransport open(URI uri, Serializer serializer) {
        return open(uri, serializer, MAX_BYTES);
    }

    /** Does so as a client that receives messages of up to {@code maxBytes}. */
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

    /** What a router answers to the octets of a handshake; nothing if it closes the connection. */
    public static byte[] reply(Socket socket, byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        return socket.getInputStream().readNBytes(RawSocketHandshake.BYTES);
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    /** The channel binding of this type at this end of the TLS connection, or null. */
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

    /** Sends one frame of a type. */
    public void sendFrame(int type, byte[] payload) {
        sendRaw(ByteBuffer.allocate(FramePrefix.BYTES + payload.length)
                .putInt(FramePrefix.of(type, payload.length))
                .put(payload)
                .array());
    }

    /** Sends octets as they are. If the router has closed the connection, {@link #receive} returns the end. */
    public void sendRaw(byte[] octets) {
        try {
            synchronized (out) {
                out.write(octets);
                out.flush();
            }
        } catch (IOException e) {
            received.close(Received.Closed.DROPPED);
        }
    }

    /** From now on pings are not answered. */
    public void ignorePings() {
        answersPings = false;
    }

    /** The payload of the next answer to a ping of the test. */
    public byte[] pong() throws InterruptedException {
        return pongs.take();
    }

    @Override
    public void cut() {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // The router may have closed the connection, and the reading thread the socket.
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
    public @Nullable Received receive(long timeoutMillis) {
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
            received.close(Received.Closed.DROPPED);
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
