package io.junctor.server.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerProtocol;
import io.junctor.server.ListenException;
import io.junctor.server.TestListener;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RecordingAcceptor;
import io.junctor.testkit.tls.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients whose first request arrives with the last bytes of the TLS handshake, in every division into segments. */
@Timeout(60)
class TlsLastFlightTest {
    private static final byte[] UPGRADE =
            RawWebSocketClient.handshake("Sec-WebSocket-Protocol: wamp.2.json").getBytes(US_ASCII);
    private static final byte[] RAWSOCKET = {0x7F, (byte) 0xF1, 0, 0};

    @Test
    void aRequestThatArrivesWithTheEndOfTheHandshakeIsAnswered() throws Exception {
        try (TestListener listener = listener()) {
            int bytes = 1;
            for (int first = 1; first <= bytes; first += 9) {
                try (Client client = new Client(listener.port())) {
                    bytes = client.sendWithTheEndOfTheHandshake(UPGRADE, first);
                    assertThat(new String(client.received(13), US_ASCII))
                            .as("the first segment has %s bytes", first)
                            .isEqualTo("HTTP/1.1 101 ");
                }
            }
        }
    }

    @Test
    void theHandshakeOfRawSocketThatArrivesWithTheEndOfTheTlsHandshakeIsAnswered() throws Exception {
        try (TestListener listener = listener()) {
            int bytes = 1;
            for (int first = 1; first <= bytes; first += 9) {
                try (Client client = new Client(listener.port())) {
                    bytes = client.sendWithTheEndOfTheHandshake(RAWSOCKET, first);
                    assertThat(client.received(4))
                            .as("the first segment has %s bytes", first)
                            .startsWith(0x7F);
                }
            }
        }
    }

    @Test
    void aRequestInRecordsOfOneByteIsAnswered() throws Exception {
        try (TestListener listener = listener();
                Client client = new Client(listener.port())) {
            client.handshake();
            for (byte one : UPGRADE) {
                client.add(new byte[] {one});
            }
            client.flush();
            assertThat(new String(client.received(13), US_ASCII)).isEqualTo("HTTP/1.1 101 ");
        }
    }

    private static TestListener listener() throws ListenException {
        return TestListener.with(
                RecordingAcceptor.recorder(),
                ListenerConfig.builder()
                        .port(0)
                        .protocols(Set.of(ListenerProtocol.values()))
                        .tls(TestCertificate.LOCALHOST.config())
                        .build());
    }

    /** A client of TLS 1.3 that decides which bytes leave together. */
    private static final class Client implements AutoCloseable {
        private final SSLEngine engine;
        private final Socket socket;
        private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
        private final ByteBuffer encrypted = ByteBuffer.allocate(1 << 16).flip();
        private final ByteBuffer decrypted = ByteBuffer.allocate(1 << 16);

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            engine = TestCertificate.trusting(TestCertificate.LOCALHOST).createSSLEngine("localhost", port);
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        }

        /** Sends the request with the last bytes of the handshake in two segments; returns how many bytes there are. */
        int sendWithTheEndOfTheHandshake(byte[] request, int firstBytes) throws IOException {
            handshake();
            add(request);
            byte[] all = unsent.toByteArray();
            unsent.reset();
            int first = Math.min(firstBytes, all.length);
            socket.getOutputStream().write(Arrays.copyOf(all, first));
            socket.getOutputStream().write(all, first, all.length - first);
            return all.length;
        }

        /** Does the handshake up to the last bytes of the client, which stay unsent. */
        void handshake() throws IOException {
            engine.beginHandshake();
            HandshakeStatus status = engine.getHandshakeStatus();
            while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
                status = switch (status) {
                    case NEED_WRAP -> wrap(new byte[0]);
                    case NEED_TASK -> {
                        engine.getDelegatedTask().run();
                        yield engine.getHandshakeStatus();
                    }
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                        flush();
                        yield unwrap();
                    }
                    case FINISHED, NOT_HANDSHAKING -> status;
                };
            }
        }

        /** Adds bytes to what is sent next. */
        void add(byte[] bytes) throws SSLException {
            wrap(bytes);
        }

        private HandshakeStatus wrap(byte[] bytes) throws SSLException {
            ByteBuffer out = ByteBuffer.allocate(1 << 15);
            HandshakeStatus status = engine.wrap(ByteBuffer.wrap(bytes), out).getHandshakeStatus();
            unsent.write(out.array(), 0, out.position());
            return status;
        }

        void flush() throws IOException {
            socket.getOutputStream().write(unsent.toByteArray());
            unsent.reset();
        }

        private HandshakeStatus unwrap() throws IOException {
            while (true) {
                var result = engine.unwrap(encrypted, decrypted);
                switch (result.getStatus()) {
                    case OK -> {
                        return result.getHandshakeStatus();
                    }
                    case BUFFER_UNDERFLOW -> fill();
                    case BUFFER_OVERFLOW, CLOSED -> throw new SSLException("unexpected " + result);
                }
            }
        }

        private void fill() throws IOException {
            encrypted.compact();
            int count = socket.getInputStream().read(encrypted.array(), encrypted.position(), encrypted.remaining());
            if (count < 0) {
                throw new EOFException("the router closed the connection");
            }
            encrypted.position(encrypted.position() + count).flip();
        }

        /** The first bytes that the router sends after the handshake. */
        byte[] received(int bytes) throws IOException {
            while (decrypted.position() < bytes) {
                unwrap();
            }
            return Arrays.copyOf(decrypted.array(), bytes);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
