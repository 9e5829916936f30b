package io.junctor.conformance.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.conformance.ChatExample;
import io.junctor.conformance.ForeignClient.Language;
import io.junctor.conformance.ForeignPackages;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Runs the programs of the pages in JavaScript and Python, web pages in jsdom, and compares what they print. */
@Tag("interop")
@Timeout(120)
class ForeignSnippetTest {
    private static final String SECRET = "secret-of-twenty-characters";
    private static final int FIRST_NODE_WITH_WEBSOCKET = 22;
    private static final int PATIENCE_SECONDS = 30;
    private static final String OPEN = """
            listen: [{ port: 8080 }]
            realms:
              realm1:
                auth: { anonymous: { role: user } }
                roles: { user: { allow: [{ uri: "", match: prefix, actions: [call, register, publish, subscribe] }] } }
            """;

    @TestFactory
    Stream<DynamicTest> eachProgramPrintsWhatThePageSays() throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        assumeTrue(lacking.isEmpty(), lacking.toString());
        List<Snippet> all = Page.all().stream()
                .flatMap(page -> page.snippets().stream())
                .filter(snippet -> !snippet.has(Mark.Kind.NOT_RUN))
                .toList();
        return all.stream()
                .filter(snippet -> List.of("js", "python", "html").contains(snippet.language()))
                .map(snippet -> dynamicTest(
                        snippet.place() + " " + snippet.section(), () -> run(snippet, configuration(all, snippet))));
    }

    @Test
    void theProgramsOfTheReadmeEndWithStatus1AndOneSentenceWithoutARouter() throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        assumeTrue(lacking.isEmpty(), lacking.toString());
        for (Snippet snippet : new Page("README.md").snippets()) {
            if (List.of("js", "python").contains(snippet.language())) {
                Process process =
                        start(command(snippet.language(), snippet.text().replace(":8080/", ":1/")));
                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isOne();
                assertThat(process.getInputStream()).isEmpty();
                assertThat(Files.readAllLines(errors().toPath()))
                        .singleElement()
                        .asString()
                        .startsWith("No connection to the router");
            }
        }
    }

    @Test
    void twoBrowsersChat() throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        assumeTrue(lacking.isEmpty(), lacking.toString());
        try (RouterServer server = ChatExample.start("")) {
            String page = "http://127.0.0.1:" + server.listeners().getFirst().port() + "/";
            String printed =
                    readUntil(start(List.of("node", "chat.js", page)), new Output(List.of("annhello", "annhello")));
            assertThat(printed).isEqualTo("annhello\nannhello");
        }
    }

    /** The file that the section shows, or one with an open realm. */
    private static String configuration(List<Snippet> all, Snippet program) {
        return all.stream()
                .filter(snippet -> snippet.has(Mark.Kind.FILE)
                        && snippet.page().equals(program.page())
                        && snippet.section().equals(program.section()))
                .map(Snippet::text)
                .findFirst()
                .orElse(OPEN);
    }

    private static void run(Snippet snippet, String configuration) throws Exception {
        try (RouterServer server = start(configuration)) {
            String program = here(snippet.text(), server);
            Process process = start(command(snippet.language(), program));
            String printed = readUntil(process, new Output(snippet.prints()));
            assertThat(new Output(snippet.prints()).is(printed.lines().toList()))
                    .as(
                            "%s prints %s, the page says %s; standard error: %s",
                            snippet.place(), printed, snippet.prints(), Files.readString(errors().toPath()))
                    .isTrue();
        }
    }

    private static List<String> command(String language, String program) throws IOException {
        Path directory = ForeignPackages.directory();
        return switch (language) {
            case "js" -> {
                Files.writeString(directory.resolve("snippet.cjs"), program);
                yield node("snippet.cjs");
            }
            case "html" -> {
                Files.writeString(directory.resolve("snippet.html"), program);
                yield node("browser.js", "snippet.html");
            }
            default -> {
                Files.writeString(directory.resolve("snippet.py"), program);
                yield List.of(directory.resolve("venv/bin/python").toString(), "snippet.py");
            }
        };
    }

    /** Node as of version 22 has a WebSocket without an option. */
    private static List<String> node(String... arguments) throws IOException {
        String version = new String(
                new ProcessBuilder("node", "--version").start().getInputStream().readAllBytes(),
                StandardCharsets.US_ASCII);
        List<String> command = new ArrayList<>(List.of("node"));
        if (Integer.parseInt(version.substring(1, version.indexOf('.'))) < FIRST_NODE_WITH_WEBSOCKET) {
            command.add("--experimental-websocket");
        }
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ForeignPackages.directory().toFile());
        builder.environment().put("ANN_SECRET", SECRET);
        builder.environment().put("PYTHONUNBUFFERED", "1");
        return builder.redirectError(errors()).start();
    }

    private static File errors() {
        return ForeignPackages.directory().resolve("snippet.log").toFile();
    }

    /** Programs end themselves; web pages stay open, and are closed when they have printed everything. */
    private static String readUntil(Process process, Output expected) throws Exception {
        List<String> printed = new ArrayList<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            CompletableFuture<Process> end = process.onExit()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((ended, late) -> process.destroyForcibly());
            assertThat(end).isNotNull();
            String line = output.readLine();
            while (line != null) {
                printed.add(line);
                line = expected.is(printed) ? null : output.readLine();
            }
            return String.join("\n", printed);
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private static RouterServer start(String configuration) throws Exception {
        return RouterServer.start(ConfigFile.parse(
                        "realms.yaml", configuration.replace("port: 8080", "port: 0"), Map.of("ANN_SECRET", SECRET))
                .orThrow());
    }

    private static String here(String text, RouterServer server) {
        int port = server.listeners().getFirst().port();
        return text.replace("127.0.0.1:8080", "127.0.0.1:" + port)
                .replace("\"127.0.0.1\", port: 8080", "\"127.0.0.1\", port: " + port);
    }
}
