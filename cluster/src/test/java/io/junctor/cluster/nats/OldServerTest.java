package io.junctor.cluster.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.RouterId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a router says of a server that is too old, which a socket of the test pretends to be. */
@Timeout(60)
class OldServerTest {
    @Test
    void aServerBelowTheOldestVersionIsRefused() throws IOException {
        EngineException refused = refusalBy("2.9.10");
        assertThat(refused)
                .hasMessageContaining("is of version 2.9.10, but a cluster needs nats-server 2.11.0 or newer");
        assertThat(refused.isPassing()).isFalse();
    }

    @Test
    void theVersionBeforeTheOldestIsRefusedToo() throws IOException {
        assertThat(refusalBy("2.10.29")).hasMessageContaining("is of version 2.10.29");
    }

    private static EngineException refusalBy(String version) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server, version));
            NatsSettings settings = NatsSettings.of("plant", "nats://127.0.0.1:" + server.getLocalPort());
            return catchThrowableOfType(
                    EngineException.class,
                    () -> new NatsEngines(settings).open(new RouterId(1)).close());
        }
    }

    private static void serve(ServerSocket server, String version) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                answer(client, version);
            } catch (IOException ended) {
                // The client or the test has ended the connection.
            }
        }
    }

    private static void answer(Socket client, String version) throws IOException {
        String info = """
                INFO {"server_id":"OLD","version":"%s","proto":1,"host":"127.0.0.1","port":%d,"headers":true,\
                "max_payload":1048576,"jetstream":true}\r
                """.formatted(version, client.getLocalPort());
        client.getOutputStream().write(info.getBytes(UTF_8));
        BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("PING")) {
                client.getOutputStream().write("PONG\r\n".getBytes(UTF_8));
            }
        }
    }
}
