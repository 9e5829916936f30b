package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The configuration changes while the process runs. */
@Timeout(120)
class ReloadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void sighupSwapsTheRulesOfSessionsThatAreOpen() throws Exception {
        write("plant.state");
        try (JunctorProcess junctor = JunctorProcess.run(directory, "start")) {
            WireClient client = WireClient.connect(junctor);
            assumeThat(junctor.inheritedIgnoredHangUp()).isFalse();
            client.send("[1,\"realm1\",{\"roles\":{\"publisher\":{}}}]");
            assertThat(client.take()).startsWith("[2,");
            client.send("[16,1,{\"acknowledge\":true},\"plant.state\"]");
            assertThat(client.take()).startsWith("[17,1,");

            write("plant.door");
            junctor.hangUp();
            awaitLine(junctor, "realms.yaml is read again; changed: realms.realm1.roles");

            client.send("[16,2,{\"acknowledge\":true},\"plant.state\"]");
            assertThat(client.take()).startsWith("[8,16,2,{},\"wamp.error.not_authorized\"");
            client.send("[16,3,{\"acknowledge\":true},\"plant.door\"]");
            assertThat(client.take()).startsWith("[17,3,");
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
        }
    }

    @Test
    void aFileWithMistakesIsRefusedWithAllOfThemAndTheOldOneStays() throws Exception {
        write("plant.state");
        try (JunctorProcess junctor = JunctorProcess.run(directory, "start")) {
            WireClient client = WireClient.connect(junctor);
            assumeThat(junctor.inheritedIgnoredHangUp()).isFalse();
            client.send("[1,\"realm1\",{\"roles\":{\"publisher\":{}}}]");
            assertThat(client.take()).startsWith("[2,");

            Files.writeString(directory.resolve("realms.yaml"), "limts: {}\nrealms: { realm1: { auth: 5 } }\n");
            junctor.hangUp();
            awaitLine(junctor, "realms.yaml:1:1: unknown key 'limts'");
            awaitLine(junctor, "realms.yaml:2:27: ");

            client.send("[16,1,{\"acknowledge\":true},\"plant.state\"]");
            assertThat(client.take()).startsWith("[17,1,");
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
        }
    }

    @Test
    void aChangedFileIsReadAgainWithoutASignal() throws Exception {
        write("plant.state");
        try (JunctorProcess junctor = JunctorProcess.run(directory, "start")) {
            assertThat(junctor.line()).matches(JunctorProcess.READY);
            write("plant.door");
            awaitLine(junctor, "realms.yaml is read again; changed: realms.realm1.roles");
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
        }
    }

    private static void awaitLine(JunctorProcess junctor, String part) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(junctor.errors())
                        .anySatisfy(line -> assertThat(line).contains(part)));
    }

    private void write(String topic) throws IOException {
        Files.writeString(directory.resolve("realms.yaml"), """
                listen: [{ port: 0, limits: { hello_timeout: 60s } }]
                realms:
                  realm1:
                    auth: { anonymous: { role: guest } }
                    roles: { guest: { allow: [{ uri: %s, actions: [publish] }] } }
                limits: { sessions: 100 }
                """.formatted(topic));
    }
}
