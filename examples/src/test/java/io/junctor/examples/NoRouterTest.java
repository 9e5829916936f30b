package io.junctor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each example as a process of its own, without a router. */
@Timeout(60)
class NoRouterTest {
    @ParameterizedTest
    @ValueSource(classes = {OrderService.class, OrderCaller.class, Sensor.class, SensorDisplay.class})
    void anExampleWithoutARouterPrintsOneSentenceAndEndsWithStatus1(Class<?> example) throws Exception {
        String uri = "ws://127.0.0.1:" + unusedPort() + "/ws";
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        example.getName(),
                        uri)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).isEmpty();
        assertThat(errors.lines().filter(line -> !line.startsWith("SLF4J")))
                .singleElement()
                .asString()
                .contains(uri);
    }

    private static int unusedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
