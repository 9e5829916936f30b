package io.junctor.conformance.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.server.ListenException;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs each Java block of the pages, and compares what it prints. */
class JavaSnippetTest {
    /** Clients may do everything; the router keeps the events of {@code plant.}. */
    private static final String CONFIG = """
            listen: [{ port: 8080 }]
            realms:
              realm1:
                auth:
                  anonymous: { role: clerk }
                roles:
                  clerk:
                    allow:
                      - { uri: "", match: prefix, actions: [call, register, publish, subscribe, replace] }
                      - { uri: "wamp.", match: prefix, actions: [call, subscribe] }
                history: [{ uri: "plant.", match: prefix }, { uri: plant.line1.temperature }]
            """;

    @TempDir
    private Path directory;

    private final List<URLClassLoader> loaders = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachBlockRunsAndPrintsWhatThePageSays() throws Exception {
        Map<Page, List<Snippet>> pages = new LinkedHashMap<>();
        for (Snippet snippet : Page.snippets("java")) {
            pages.computeIfAbsent(snippet.page(), page -> new ArrayList<>()).add(snippet);
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (List<Snippet> page : pages.values()) {
            try {
                tests.addAll(tests(page));
            } catch (AssertionError doesNotCompile) {
                tests.add(dynamicTest(page.getFirst().page().name(), () -> {
                    throw doesNotCompile;
                }));
            }
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests.stream();
    }

    private List<DynamicTest> tests(List<Snippet> page) throws Exception {
        URI uri;
        try (RouterServer server = start(0)) {
            uri = server.listeners().getFirst().uri();
        }
        JavaSources sources = new JavaSources(Files.createTempDirectory(directory, "page"), page, uri.toString());
        List<Snippet> blocks = page.stream()
                .filter(snippet -> !snippet.has(Mark.Kind.NOT_RUN) && !JavaSources.isOnlyImports(snippet))
                .toList();
        Map<Snippet, String> names = new LinkedHashMap<>();
        for (Snippet snippet : blocks) {
            names.put(snippet, sources.add(snippet));
        }
        URLClassLoader loader = sources.compile();
        loaders.add(loader);
        return Page.bySection(blocks).stream()
                .map(section -> section.stream()
                        .filter(snippet -> !snippet.has(Mark.Kind.COMPILED_ONLY))
                        .toList())
                .filter(section -> !section.isEmpty())
                .map(section -> dynamicTest(
                        section.getFirst().place() + " " + section.getFirst().section(),
                        () -> run(new JavaSection(section, names, loader, uri.toString()), uri.getPort())))
                .toList();
    }

    /** Each section has a router of its own; the address of all routers of a page is the same. */
    private static void run(JavaSection section, int port) throws Exception {
        try (RouterServer server = start(port)) {
            section.run();
        }
    }

    private static RouterServer start(int port) throws ListenException {
        return RouterServer.start(
                ConfigFile.parse("realms.yaml", CONFIG.replace("8080", Integer.toString(port)), Map.of())
                        .orThrow());
    }
}
