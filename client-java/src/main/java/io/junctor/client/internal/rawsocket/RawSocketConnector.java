package io.junctor.client.internal.rawsocket;

import io.junctor.client.internal.Connector;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.Transport;
import io.junctor.client.internal.VirtualThreads;
import io.junctor.client.internal.http.ProxyAddress;
import io.junctor.wamp.rawsocket.HandshakeError;
import io.junctor.wamp.rawsocket.RawSocketHandshake;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Opens RawSocket connections to one router. Thread-safe. A client can offer only one serializer in a handshake, so if the router
 * does not support it, the connector tries the next one.
 */
public final class RawSocketConnector implements Connector {
    private final RawSocketAddress address;
    private final RawSocketSettings settings;

    /** Creates a connector to the router at {@code address}. */
    public RawSocketConnector(RawSocketAddress address, RawSocketSettings settings) {
        this.address = address;
        this.settings = settings;
    }

    @Override
    public CompletableFuture<Transport> connect() {
        AtomicReference<@Nullable ConnectedSocket> current = new AtomicReference<>();
        CompletableFuture<Transport> opening =
                CompletableFuture.supplyAsync(() -> open(current), VirtualThreads.EXECUTOR);
        return opening.orTimeout(settings.connectTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(thrown -> {
                    close(current.get());
                    throw thrown.getCause() instanceof RequestException failure
                            ? failure
                            : failed(problem(thrown), thrown);
                });
    }

    private Transport open(AtomicReference<@Nullable ConnectedSocket> current) {
        int refusal = 0;
        for (Serializer serializer : settings.serializers()) {
            try {
                ConnectedSocket socket = ConnectedSocket.connect(address, settings);
                current.set(socket);
                RawSocketHandshake request = RawSocketHandshake.of(settings.messageBytes(), serializer);
                RawSocketHandshake reply = shakeHands(socket, request);
                if (reply.serializerCode() == request.serializerCode()) {
                    return new RawSocketTransport(socket, serializer, request.maxBytes(), reply.maxBytes());
                }
                close(socket);
                if (reply.serializerCode() != 0) {
                    throw failed(
                            "the router chose serializer " + reply.serializerCode() + ", which was not offered", null);
                }
                refusal = reply.lengthCode();
            } catch (IOException failure) {
                close(current.get());
                throw failed(problem(failure), failure);
            }
            if (refusal != 1) {
                break;
            }
        }
        throw failed("the router refused the handshake: " + HandshakeError.meaning(refusal), null);
    }

    private static RawSocketHandshake shakeHands(ConnectedSocket socket, RawSocketHandshake request)
            throws IOException {
        socket.out().write(request.octets());
        socket.out().flush();
        byte[] reply = socket.in().readNBytes(RawSocketHandshake.BYTES);
        if (reply.length < RawSocketHandshake.BYTES) {
            throw new IOException("closed by the router in the RawSocket handshake");
        }
        if (reply[0] != RawSocketHandshake.MAGIC) {
            throw new IOException("the router does not speak RawSocket");
        }
        return RawSocketHandshake.read(reply);
    }

    private RequestException failed(String problem, @Nullable Throwable cause) {
        return RequestException.of(
                WampError.NETWORK_FAILURE, "cannot connect to " + address.text() + ": " + problem, cause);
    }

    private String problem(Throwable cause) {
        ProxyAddress proxy = address instanceof RawSocketAddress.Tcp tcp
                ? settings.proxy().proxyOf(tcp.secure(), tcp.host(), tcp.port())
                : null;
        return (proxy == null ? "" : "proxy " + proxy + ": ") + describe(cause);
    }

    private String describe(Throwable cause) {
        return switch (cause) {
            case SocketTimeoutException late -> late();
            case TimeoutException late -> late();
            case UnknownHostException unknown -> "unknown host name";
            case ConnectException refused -> "connection refused";
            case HttpTunnel.TunnelRefusedException refused -> String.valueOf(refused.getMessage());
            default -> cause.getClass().getSimpleName() + ": " + cause.getMessage();
        };
    }

    private String late() {
        return "no connection within " + settings.connectTimeout().toMillis() + " ms (connect timeout)";
    }

    private static void close(@Nullable ConnectedSocket socket) {
        if (socket != null) {
            RawSocketTransport.closeQuietly(socket);
        }
    }
}
