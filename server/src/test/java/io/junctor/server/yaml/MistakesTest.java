package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each YAML file with errors has a text file beside it with exactly the expected error lines. */
class MistakesTest {
    private static final Path DIRECTORY =
            Path.of("src", "test", "resources", "io", "junctor", "server", "yaml", "mistakes");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(names).hasSizeGreaterThan(5);
            return names;
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyMistakeIsNamedWithItsPlace(String name) throws IOException {
        Path file = DIRECTORY.resolve(name);
        ConfigResult reading = ConfigFile.parse(name, Files.readString(file), Map.of("SET", "something"));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        ConfigResult.Invalid.class,
                        refused -> assertThat(refused.errors().stream()
                                        .map(Diagnostic::toString)
                                        .toList())
                                .isEqualTo(expected(name)));
    }

    private static List<String> expected(String name) {
        try {
            return Files.readAllLines(DIRECTORY.resolve(name.replace(".yaml", ".txt")));
        } catch (IOException e) {
            throw new AssertionError("no expectation for " + name, e);
        }
    }
}
