package io.junctor.conformance.errortext;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every text that the router sends in ERROR and ABORT stands in a test too, with values in place of what it names. So a
 * text that is new or changed needs a test that provokes it.
 */
class EveryErrorTextTest {
    /** What these files find wrong in the answer of an authenticator goes to the log, not to the client. */
    private static final Set<String> ONLY_LOGGED = Set.of("AuthenticatorResultReader.java");

    @Test
    void everyTextOfErrorAndAbortStandsInATest() throws IOException {
        SortedMap<String, String> texts = sent();
        Set<String> tested = TestLiterals.read(
                sources("wamp-core", "router", "server", "jakarta", "conformance", "cli", "cluster").stream()
                        .filter(file -> file.toString().contains("/src/test/"))
                        .toList());

        SortedMap<String, String> untested = new TreeMap<>();
        texts.forEach((text, place) -> {
            Pattern pattern = pattern(text);
            boolean isLogged = ONLY_LOGGED.stream().anyMatch(place::startsWith);
            if (!isLogged
                    && tested.stream().noneMatch(one -> pattern.matcher(one).find())) {
                untested.put(text.replace(SourceTexts.VALUE, "<...>"), place);
            }
        });

        assertThat(texts).hasSizeGreaterThan(100);
        assertThat(untested).isEmpty();
    }

    private static SortedMap<String, String> sent() throws IOException {
        return SourceTexts.read(sources("wamp-core", "router", "server", "jakarta").stream()
                        .filter(file -> file.toString().contains("/src/main/"))
                        .toList())
                .follow("io.junctor.router.reply.Refusal", "of", 1)
                .follow("io.junctor.router.reply.Refusal", "about", 0)
                .follow("io.junctor.router.spi.JoinRefused", "of", 1)
                .follow("io.junctor.router.spi.JoinRefused", "<init>", 1)
                .follow("io.junctor.wamp.value.ProtocolViolationException", "<init>", 0)
                .follow("io.junctor.router.connection.transport.MessageReceiver", "onFault", 0)
                .texts();
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Arrays.stream(text.split(SourceTexts.VALUE)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    private static Collection<Path> sources(String... modules) throws IOException {
        List<Path> all = new java.util.ArrayList<>();
        for (String module : modules) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
            }
        }
        return all;
    }
}
