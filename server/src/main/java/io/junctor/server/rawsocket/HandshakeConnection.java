package io.junctor.server.rawsocket;

import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.connector.AwaitedBytes;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.OpeningConnection;
import io.junctor.server.connector.PassEndPoint;
import io.junctor.server.connector.UnavailableReason;
import io.junctor.server.connector.WampConnector;
import io.junctor.wamp.rawsocket.HandshakeError;
import io.junctor.wamp.rawsocket.RawSocketHandshake;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the RawSocket handshake of a client and answers it. Never blocks; one thread at a time uses it. */
final class HandshakeConnection extends OpeningConnection {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeConnection.class);
    /** The smallest maximum length of messages that a client may demand: WELCOME takes more than 512 bytes. */
    private static final int SHORTEST_MAX_BYTES = 1 << 10;

    private static final int KEEP_ALIVE_PROBES = 3;

    private ByteBuffer received = BufferUtil.EMPTY_BUFFER;

    HandshakeConnection(WampConnector connector, EndPoint endPoint) {
        super(connector, endPoint);
    }

    @Override
    public void onUpgradeTo(ByteBuffer bytes) {
        received = copy(bytes);
    }

    /** Returns the bytes that followed the handshake. */
    @Override
    public ByteBuffer onUpgradeFrom() {
        return received;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        readHandshake();
    }

    @Override
    protected AwaitedBytes awaited() {
        return new AwaitedBytes(Transport.RAWSOCKET, "complete RawSocket handshake");
    }

    @Override
    protected void read() throws IOException {
        ByteBuffer bytes = BufferUtil.allocate(RawSocketHandshake.BYTES);
        if (getEndPoint().fill(bytes) < 0) {
            getEndPoint().close();
        } else {
            received = joined(received, bytes);
            readHandshake();
        }
    }

    private void readHandshake() {
        if (received.remaining() < RawSocketHandshake.BYTES) {
            fillInterested(this);
            return;
        }
        byte[] octets = new byte[RawSocketHandshake.BYTES];
        received.get(octets);
        RawSocketHandshake request = RawSocketHandshake.read(octets);
        Optional<Serializer> serializer =
                request.serializer().filter(connector().config().serializers()::contains);
        if (request.serializerCode() == 0) {
            refuse(null, "its RawSocket handshake names no serializer");
        } else if (request.reserved() != 0) {
            refuse(HandshakeError.RESERVED_BITS, "reserved octets of its RawSocket handshake are not zero");
        } else if (serializer.isEmpty()) {
            refuse(
                    HandshakeError.SERIALIZER_UNSUPPORTED,
                    "its RawSocket handshake asks for serializer " + request.serializerCode()
                            + ", which the listener does not offer (serializers)");
        } else if (request.maxBytes() < SHORTEST_MAX_BYTES) {
            refuse(
                    HandshakeError.LENGTH_UNACCEPTABLE,
                    "it receives messages of " + request.maxBytes() + " bytes only, and WELCOME takes more");
        } else {
            open(request, serializer.get());
        }
    }

    private void open(RawSocketHandshake request, Serializer serializer) {
        Optional<ClientAddress> client = connector().forwardedHeaders().clientAddress(getEndPoint(), HttpFields.EMPTY);
        UnavailableReason unavailable = connector().unavailable();
        if (client.isEmpty()) {
            refuse(HandshakeError.CONNECTION_LIMIT, "the proxy named no address of the client");
        } else if (unavailable != null) {
            refuse(HandshakeError.CONNECTION_LIMIT, unavailable.reason());
        } else if (!connector().perAddress().acquire(getEndPoint(), client.get())) {
            refuse(
                    HandshakeError.CONNECTION_LIMIT,
                    connector().perAddress().tooManyOf(client.get()).reason());
        } else {
            open(request, serializer, client.get());
        }
    }

    private void open(RawSocketHandshake request, Serializer serializer, ClientAddress client) {
        keepAlive();
        byte[] reply = RawSocketHandshake.of(connector().config().limits().messageBytes(), serializer)
                .octets();
        RawSocketConnection connection =
                new RawSocketConnection(connector(), getEndPoint(), client, serializer, request);
        getEndPoint()
                .write(
                        Callback.from(
                                InvocationType.NON_BLOCKING,
                                () -> getEndPoint().upgrade(connection),
                                failure -> getEndPoint().close()),
                        ByteBuffer.wrap(reply));
    }

    /** Turns on TCP keep-alive, because not every client answers pings: so the operating system detects lost clients. */
    private void keepAlive() {
        if (PassEndPoint.socketOf(getEndPoint()) instanceof SocketChannelEndPoint endPoint
                && endPoint.getChannel().supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            var limits = connector().config().limits();
            try {
                Socket socket = endPoint.getChannel().socket();
                socket.setKeepAlive(true);
                socket.setOption(
                        ExtendedSocketOptions.TCP_KEEPIDLE,
                        seconds(limits.pingInterval().toSeconds()));
                socket.setOption(
                        ExtendedSocketOptions.TCP_KEEPINTERVAL,
                        seconds(limits.pongWait().toSeconds() / KEEP_ALIVE_PROBES));
                socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES);
            } catch (IOException e) {
                LOG.debug("a client was lost before its connection was kept alive", e);
            }
        }
    }

    private static int seconds(long exact) {
        return Math.clamp(exact, 1, Short.MAX_VALUE);
    }

    private void refuse(@Nullable HandshakeError error, String reason) {
        connector().refused(Transport.RAWSOCKET, TransportCounter.CONNECTIONS_REFUSED, getEndPoint(), reason);
        refuse(error == null ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(error.reply()));
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }

    private static ByteBuffer copy(ByteBuffer buffer) {
        return joined(buffer, BufferUtil.EMPTY_BUFFER);
    }
}
