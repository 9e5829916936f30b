package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.cli.client.process.CommandEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StartCommandTest {
    private static final Pattern READY = JunctorProcess.READY;
    private static final String REALMS = """
            realms:
              realm1: &open { auth: { anonymous: { role: guest } }, roles: { guest: } }
              realm2: *open
            # Few enough to say nothing about open files.
            limits: { sessions: 100 }
            """;

    @TempDir
    private Path directory;

    @Test
    void startPrintsTheAddressAndEndsWithZeroAfterSigterm() throws Exception {
        write("listen: [{ port: 0 }, { port: 0 }]");

        try (JunctorProcess junctor = JunctorProcess.run(directory, "start")) {
            assertThat(junctor.line()).matches(READY).endsWith(", realms: realm1, realm2");
            assertThat(junctor.line()).matches(READY);
            for (int listener = 0; listener < 2; listener++) {
                assertThat(junctor.line()).matches("Console at http://127\\.0\\.0\\.1:[0-9]+/console");
            }
            assertThat(junctor.line()).isEqualTo("Ctrl-C stops it.");
            junctor.terminate();
            assertThat(junctor.rest()).containsExactly("Stopped.");
            assertThat(junctor.exitCode()).isZero();
            assertThat(junctor.errors()).isEmpty();
        }
    }

    @Test
    void auditLogGoesToAFileOfItsOwn() throws Exception {
        write("listen: [{ port: 0 }]");
        Path audit = directory.resolve("audit.log");

        assertThat(logged(Map.of(), "--audit", audit.toString())).isEmpty();
        assertThat(Files.readAllLines(audit))
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line)
                                .matches(
                                        "\\{\"time\":\"[0-9-]{10}T[0-9:.]{12}Z\",\"event\":\"configuration\",\"realm\":\"realm[12]\".*}"));
    }

    @Test
    void newCertificatesTakenOrRefusedAreInTheAuditLog() throws Exception {
        List<Path> directories = List.of(directory.resolve("good"), directory.resolve("bad"));
        for (Path files : directories) {
            Files.createDirectory(files);
            makeCertificate(files);
        }
        write("""
                listen:
                  - { port: 0, tls: { certificate: good/cert.pem, key: good/key.pem } }
                  - { port: 0, tls: { certificate: bad/cert.pem, key: bad/key.pem } }
                """);
        Path audit = directory.resolve("audit.log");

        try (JunctorProcess junctor = JunctorProcess.run(directory, "--audit", audit.toString())) {
            assertThat(junctor.line()).startsWith("Listening on wss://");
            assertThat(junctor.line()).startsWith("Listening on wss://");
            for (Path files : directories) {
                Files.delete(files.resolve("cert.pem"));
                Files.delete(files.resolve("key.pem"));
                makeCertificate(files);
            }
            Files.writeString(directories.getLast().resolve("key.pem"), "SECRET");
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> Files.readString(audit).lines().count() == 4);
        }
        assertThat(Files.readAllLines(audit).subList(2, 4))
                .anyMatch(line -> line.matches(
                        "\\{.*,\"event\":\"configuration\",\"certificate\":\"CN=.*\",\"valid_until\":\".*\"}"))
                .anyMatch(line ->
                        line.matches("\\{.*,\"event\":\"configuration\",\"certificate_refused\":\".*key.pem.*\"}"))
                .noneMatch(line -> line.contains("SECRET"));
    }

    private static void makeCertificate(Path files) {
        String[] command = {"cert", "-d", files.toString()};
        assertThat(Commands.of(CommandEnvironment.ofProcess(), command).execute(command))
                .isZero();
    }

    @Test
    void auditLogThatCannotBeWrittenIsOneSentence() throws Exception {
        write("listen: [{ port: 0 }]");

        assertThat(refusal("--audit", directory.toString())).startsWith("junctor: Cannot write the audit log: ");
    }

    @Test
    void howMuchIsLoggedIsAnOption() throws Exception {
        write("listen: [{ port: 0 }]");

        assertThat(logged(Map.of("JUNCTOR_LOG", "debug"))).anyMatch(line -> line.contains("INFO  Server: jetty"));
        assertThat(logged(Map.of("JUNCTOR_LOG", "debug"), "--log-level", "error"))
                .isEmpty();
    }

    @Test
    void theLogIsTextWithDateAndZoneOrJson() throws Exception {
        write("listen: [{ port: 0 }]");

        assertThat(logged(Map.of("JUNCTOR_LOG", "debug")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) .*"));
        assertThat(logged(Map.of("JUNCTOR_LOG", "debug"), "--log-format", "json"))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line)
                                .matches(
                                        "\\{\"time\":\"[0-9-]{10}T[0-9:.]{12}Z\",\"level\":\"[A-Z]+\",\"logger\":\"[\\w.]+\",\"message\":\".*\"}"));
    }

    @Test
    void theFormatOfTheLogIsAKeyThatTheOptionOverrides() throws Exception {
        write("log: json\nlisten: [{ port: 0 }]");

        assertThat(logged(Map.of("JUNCTOR_LOG", "debug")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("{\"time\":").endsWith("}"));
        assertThat(logged(Map.of("JUNCTOR_LOG", "debug"), "--log-format", "text"))
                .isNotEmpty()
                .noneMatch(line -> line.startsWith("{"));
    }

    @Test
    void warningsAndFailuresOfTheStartAreJsonWhereTheLogIs() throws Exception {
        String unmeant = "realms: { realm9: { auth: { anonymous: { role: a } }, roles: { a: { allow: [{ uri: \"x.*\","
                + " actions: [call] }] }, unused: } } }\nlimits: { sessions: 100 }\n";
        Files.writeString(directory.resolve("realms.yaml"), "log: json\nlisten: [{ port: 0 }]\n" + unmeant);
        assertThat(logged(Map.of()))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("\"level\":\"WARN\"", "realms.yaml:3:"));

        Files.writeString(directory.resolve("realms.yaml"), "log: json\nlisten: []\n" + unmeant);
        assertThat(refusal())
                .startsWith("{\"time\":")
                .contains("\"level\":\"ERROR\"", "\"message\":\"realms.yaml has no listener")
                .endsWith("}");
    }

    @Test
    void anEmptyVariableCountsAsNotSet() throws Exception {
        write("listen: [{ port: \"${JUNCTOR_PORT:0}\" }]");
        Map<String, String> empty = Map.of(
                "JUNCTOR_LOG", "",
                "JUNCTOR_LOG_FORMAT", "",
                "JUNCTOR_AUDIT", "",
                "JUNCTOR_AUDIT_REQUIRED", "",
                "JUNCTOR_JAVA_OPTS", "",
                "JUNCTOR_PORT", "");

        assertThat(logged(empty)).isEmpty();
    }

    private List<String> logged(Map<String, String> environment, String... options) throws Exception {
        try (JunctorProcess junctor = JunctorProcess.run(directory, environment, options)) {
            assertThat(junctor.line()).matches(READY);
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
            return junctor.errors();
        }
    }

    @Test
    void connectionsAreClosedBeforeTheProcessEnds() throws Exception {
        write("listen: [{ port: 0 }]");

        try (JunctorProcess junctor = JunctorProcess.run(directory, "start")) {
            WireClient client = WireClient.connect(junctor);
            client.send("[1,\"realm1\",{\"roles\":{\"caller\":{}}}]");
            assertThat(client.take()).startsWith("[2,");
            junctor.terminate();
            assertThat(client.closeCode()).isEqualTo(1001);
            assertThat(junctor.exitCode()).isZero();
        }
    }

    @Test
    void requestsWhoseArgumentsCannotBeReadAreLoggedOnceWithoutTheArguments() throws Exception {
        write("listen: [{ port: 0 }]");

        try (JunctorProcess junctor = JunctorProcess.run(directory, "start")) {
            WireClient client = WireClient.connect(junctor);
            client.send("[1,\"realm1\",{\"roles\":{\"publisher\":{},\"subscriber\":{}}}]");
            assertThat(client.take()).startsWith("[2,");
            client.send("[16,1,{},\"a.b\",[],{\"secret\":secret}]");
            client.send("[16,2,{\"acknowledge\":true},\"a.b\",[],{\"secret\":secret}]");
            assertThat(client.take())
                    .isEqualTo("[8,16,2,{},\"wamp.error.invalid_payload\","
                            + "[\"argument 'secret': expected a value at byte 46\"]]");
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
            assertThat(junctor.errors())
                    .singleElement()
                    .asString()
                    .contains("PUBLISH without acknowledge dropped", "wamp.error.invalid_payload", "at byte 28")
                    .doesNotContain("secret");
        }
    }

    @Test
    void goodbyeIsSentBeforeTheProcessEndsIfConfigured() throws Exception {
        write("shutdown: goodbye\nlisten: [{ port: 0 }]");

        try (JunctorProcess junctor = JunctorProcess.run(directory, "start")) {
            WireClient client = WireClient.connect(junctor);
            client.send("[1,\"realm1\",{\"roles\":{\"caller\":{}}}]");
            assertThat(client.take()).startsWith("[2,");
            junctor.terminate();
            assertThat(client.take()).startsWith("[6,").contains("wamp.close.system_shutdown");
            client.send("[6,{},\"wamp.close.goodbye_and_out\"]");
            assertThat(junctor.exitCode()).isZero();
        }
    }

    @Test
    void refusalsAreLoggedWithTheRequest() throws Exception {
        write("listen: [{ port: 0 }]");

        try (JunctorProcess junctor = JunctorProcess.run(directory, "start")) {
            WireClient client = WireClient.connect(junctor);
            client.send("[1,\"relam1\",{\"roles\":{\"caller\":{}},\"authmethods\":[\"tick\\net\"]}]");
            assertThat(client.take()).startsWith("[3,");
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
            assertThat(junctor.errors())
                    .singleElement()
                    .asString()
                    .endsWith("refused: wamp.error.no_such_realm (this router has no realm 'relam1');"
                            + " asked for realm 'relam1' by [tick?et]");
        }
    }

    @Test
    void sessionThatBreaksTheProtocolIsNamedInTheLog() throws Exception {
        write("listen: [{ port: 0 }]");

        try (JunctorProcess junctor = JunctorProcess.run(directory, "start")) {
            WireClient client = WireClient.connect(junctor);
            client.send("[1,\"realm1\",{\"roles\":{\"caller\":{}}}]");
            assertThat(client.take()).startsWith("[2,");
            client.send("[48,1,{\"timeout\":\"secret\"},\"a.b\"]");
            assertThat(client.take()).startsWith("[3,");
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
            assertThat(junctor.errors())
                    .singleElement()
                    .asString()
                    .contains("broke the protocol", "CALL: 'timeout' must be an integer of at least 0")
                    .doesNotContain("secret");
        }
    }

    @Test
    void withoutACommandItStarts() throws Exception {
        write("listen: [{ port: \"${JUNCTOR_PORT:8080}\" }]");

        try (JunctorProcess junctor = JunctorProcess.run(directory, Map.of("JUNCTOR_PORT", "0"))) {
            assertThat(junctor.line()).matches(READY);
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
        }
    }

    @Test
    void portInUseIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write("listen: [{ port: " + taken.getLocalPort() + " }]");

            assertThat(refusal())
                    .startsWith("junctor: ")
                    .contains("127.0.0.1:" + taken.getLocalPort())
                    .contains("in use");
        }
    }

    @Test
    void addressOfAnotherMachineIsOneSentence() throws Exception {
        // Reserved for documentation, so no machine has it.
        write("listen: [{ port: 0, host: 192.0.2.1 }]");

        assertThat(refusal()).startsWith("junctor: ").contains("192.0.2.1");
    }

    @Test
    void portTakenBySecondListenerFreesTheFirst() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write("listen: [{ port: 0 }, { port: " + taken.getLocalPort() + " }]");

            assertThat(refusal()).contains("in use");
        }
    }

    @Test
    void fileWithMistakesStartsNothing() throws Exception {
        Files.writeString(directory.resolve("realms.yaml"), "realms: [");
        assertThat(refusal()).startsWith("realms.yaml:1:10: not YAML: ");

        Files.delete(directory.resolve("realms.yaml"));
        assertThat(refusal()).isEqualTo("junctor: realms.yaml: does not exist");
    }

    @Test
    void fileWithoutListenersStartsNothing() throws Exception {
        write("listen: []");

        assertThat(refusal())
                .isEqualTo("junctor: realms.yaml has no listener, so no client could connect: give 'listen' one.");
    }

    private void write(String listen) throws IOException {
        Files.writeString(directory.resolve("realms.yaml"), listen + "\n" + REALMS);
    }

    /** Returns the only line that a failed start prints. */
    private String refusal(String... options) throws IOException, InterruptedException {
        try (JunctorProcess junctor = JunctorProcess.run(directory, Map.of(), options)) {
            assertThat(junctor.rest()).isEmpty();
            assertThat(junctor.exitCode()).isEqualTo(1);
            List<String> errors = junctor.errors();
            assertThat(errors).hasSize(1);
            return errors.getFirst();
        }
    }
}
