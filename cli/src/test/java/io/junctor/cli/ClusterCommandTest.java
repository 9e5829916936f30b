package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says of a cluster that is not there. */
@Timeout(120)
class ClusterCommandTest {
    private static final String REALM = """
            realms:
              realm1: { auth: { anonymous: { role: user } }, roles: { user: } }
            """;

    @TempDir
    private Path directory;

    @Test
    void aFileWithoutClusterHasNothingToLookAt() throws Exception {
        write("");
        try (JunctorProcess junctor = JunctorProcess.run(directory, "cluster")) {
            assertThat(junctor.exitCode()).isEqualTo(1);
            assertThat(junctor.errors())
                    .containsExactly("junctor: realms.yaml has no 'cluster', so its router is alone.");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() throws Exception {
        String url = unusedServer();
        write("cluster: { name: plant, nats: { servers: [\"" + url + "\"] } }\n");
        try (JunctorProcess junctor = JunctorProcess.run(directory, "cluster")) {
            assertThat(junctor.exitCode()).isEqualTo(1);
            assertThat(junctor.errors())
                    .anySatisfy(
                            line -> assertThat(line).startsWith("junctor: no NATS server answers at [" + url + "]"));
        }
    }

    @Test
    void aRouterWithoutNatsServesNobodyButSaysSo() throws Exception {
        String url = unusedServer();
        write("listen: [{ port: 0 }]\ncluster: { name: plant, nats: { servers: [\"" + url + "\"] } }\n");
        try (JunctorProcess junctor = JunctorProcess.run(directory, "start")) {
            WireClient client = WireClient.connect(junctor);
            client.send("[1,\"realm1\",{\"roles\":{\"caller\":{}}}]");
            assertThat(client.take()).startsWith("[3,").contains("wamp.error.network_failure");
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
            assertThat(junctor.errors())
                    .filteredOn(line -> line.contains("the router is not in the cluster plant"))
                    .singleElement()
                    .asString()
                    .contains("no NATS server answers at [" + url + "]");
        }
    }

    private void write(String cluster) throws IOException {
        Files.writeString(directory.resolve("realms.yaml"), cluster + REALM);
    }

    private static String unusedServer() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "nats://127.0.0.1:" + free.getLocalPort();
        }
    }
}
