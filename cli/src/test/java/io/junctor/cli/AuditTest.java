package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditTest {
    private static final String FILE = """
            listen: [{ port: 0 }]
            realms:
              plant:
                auth:
                  anonymous: { role: guest }
                  ticket: { users: { anna: { ticket: precious, role: chief } } }
                roles:
                  guest:
                    allow: [{ uri: "wamp.", match: prefix, actions: [call] }]
                    deny: [{ uri: "wamp.session.kill", actions: [call] }]
                  chief:
                    allow: [{ uri: "wamp.", match: prefix, actions: [call] }]
            limits: { sessions: 100 }
            """;

    @TempDir
    private Path directory;

    @Test
    void joinsRefusalsDenialsAndKillsAreLinesWithoutSecrets() throws Exception {
        Files.writeString(directory.resolve("realms.yaml"), FILE);
        Path audit = directory.resolve("audit.log");
        try (JunctorProcess junctor = JunctorProcess.run(directory, "start", "--audit", audit.toString())) {
            Matcher ready = JunctorProcess.READY.matcher(junctor.line());
            assertThat(ready.matches()).isTrue();
            URI uri = URI.create(ready.group(1));
            WireClient guest = WireClient.connect(uri);
            guest.send("[1,\"plant\",{\"roles\":{\"caller\":{}}}]");
            String session = guest.take().split(",", 3)[1];
            guest.send("[48,1,{},\"wamp.session.kill\",[1]]");
            assertThat(guest.take()).contains("wamp.error.not_authorized");
            guest.send("[48,2,{},\"wamp.session.add_testament\",[\"closed\",[\"precious\"],{}]]");
            assertThat(guest.take()).contains("wamp.error.not_authorized");

            assertThat(login(uri, "wrong").take()).startsWith("[3,");
            WireClient anna = login(uri, "precious");
            assertThat(anna.take()).startsWith("[2,");
            anna.send("[48,1,{},\"wamp.session.kill\",[" + session + "],{\"reason\":\"com.example.enough\"}]");
            assertThat(guest.take()).startsWith("[6,");

            await().untilAsserted(() -> assertThat(events(audit))
                    .containsExactlyInAnyOrder(
                            "configuration", "join", "denied", "denied", "join_refused", "join", "kill"));
            assertThat(Files.readAllLines(audit))
                    .noneMatch(line -> line.contains("precious") || line.contains("wrong"))
                    .anyMatch(line -> line.contains("\"uri\":\"wamp.session.kill\""))
                    .anyMatch(line -> line.contains("\"action\":\"publish\",\"uri\":\"closed\""))
                    .anyMatch(line -> line.contains("\"event\":\"kill\"")
                            && line.contains("\"session\":" + session)
                            && line.contains("\"by_authid\":\"anna\"")
                            && line.contains("com.example.enough"));
        }
    }

    /** Behaves as on a full disk. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whileARequiredAuditLogCannotBeWrittenHealthFailsAndJoinsAreRefused() throws Exception {
        Files.writeString(directory.resolve("realms.yaml"), FILE);
        try (JunctorProcess junctor =
                JunctorProcess.run(directory, "start", "--audit", "/dev/full", "--audit-required")) {
            Matcher ready = JunctorProcess.READY.matcher(junctor.line());
            assertThat(ready.matches()).isTrue();
            URI uri = URI.create(ready.group(1));
            await().untilAsserted(() -> assertThat(health(uri)).isEqualTo("503 the audit log cannot be written"));
            WireClient guest = WireClient.connect(uri);
            guest.send("[1,\"plant\",{\"roles\":{\"caller\":{}}}]");
            assertThat(guest.take())
                    .startsWith("[3,")
                    .contains("the router cannot write its audit log, which it has to for each join: try again later");
            await().untilAsserted(() -> assertThat(junctor.errors())
                    .anyMatch(line -> line.contains("the audit log cannot be written and is tried again")));
        }
    }

    private static String health(URI uri) throws Exception {
        URI page = URI.create("http://127.0.0.1:" + uri.getPort() + "/health");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().strip();
        }
    }

    private static WireClient login(URI uri, String ticket) throws InterruptedException {
        WireClient client = WireClient.connect(uri);
        client.send("[1,\"plant\",{\"roles\":{\"caller\":{}},\"authmethods\":[\"ticket\"],\"authid\":\"anna\"}]");
        assertThat(client.take()).startsWith("[4,");
        client.send("[5,\"" + ticket + "\",{}]");
        return client;
    }

    private static List<String> events(Path audit) throws Exception {
        return Files.readAllLines(audit).stream()
                .map(line -> line.replaceFirst(".*\"event\":\"([a-z_]*)\".*", "$1"))
                .toList();
    }
}
