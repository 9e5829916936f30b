package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckCommandTest {
    private static final Path SHIPPED =
            Path.of("..", "realms.yaml").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    @Test
    void checkAcceptsTheShippedFile() throws Exception {
        try (JunctorProcess junctor = JunctorProcess.run(directory, "check", "-c", SHIPPED.toString())) {
            assertThat(junctor.rest()).containsExactly(SHIPPED + " has no mistakes.");
            assertThat(junctor.exitCode()).isZero();
        }
    }

    @Test
    void checkTakesRealmsYamlOfTheCurrentDirectory() throws Exception {
        Files.copy(SHIPPED, directory.resolve("realms.yaml"));

        try (JunctorProcess junctor = JunctorProcess.run(directory, "check")) {
            assertThat(junctor.rest()).containsExactly("realms.yaml has no mistakes.");
            assertThat(junctor.exitCode()).isZero();
        }
    }

    @Test
    void checkListsAllErrorsAndExitsWithOne() throws Exception {
        Files.writeString(directory.resolve("realms.yaml"), """
                listen:
                  - port: "${JUNCTOR_PORT}"
                    host: "${UNSET_FOR_SURE}"
                realmz:
                  realm1: {}
                """);

        Map<String, String> environment = Map.of("JUNCTOR_PORT", "hidden");
        try (JunctorProcess junctor = JunctorProcess.run(directory, environment, "check")) {
            assertThat(junctor.rest()).isEmpty();
            assertThat(junctor.exitCode()).isEqualTo(1);
            assertThat(junctor.errors())
                    .containsExactly(
                            "realms.yaml:1:1: the file needs the key 'realms'",
                            "realms.yaml:2:11: 'port' must be a whole number from 0 to 65535,"
                                    + " not the value of '${JUNCTOR_PORT}'",
                            "realms.yaml:3:11: environment variable UNSET_FOR_SURE is not set and has no default:"
                                    + " set it, or write ${UNSET_FOR_SURE:default}",
                            "realms.yaml:4:1: unknown key 'realmz'; did you mean 'realms'?");
        }
    }

    @Test
    void checkWarnsOfALiteralThatLooksLikeAPatternAndExitsWithZero() throws Exception {
        Files.writeString(directory.resolve("realms.yaml"), """
                realms:
                  realm1:
                    auth: { anonymous: { role: guest } }
                    roles:
                      guest: { allow: [{ uri: "com.example.*", actions: [call] }] }
                """);

        try (JunctorProcess junctor = JunctorProcess.run(directory, "check")) {
            assertThat(junctor.rest()).containsExactly("realms.yaml has no mistakes, 1 warning.");
            assertThat(junctor.exitCode()).isZero();
            assertThat(junctor.errors())
                    .containsExactly("realms.yaml:5:31: warning: '*' in 'com.example.*' is an ordinary character, not a"
                            + " pattern: for all URIs that begin with 'com.example.' write uri: \"com.example.\" and"
                            + " match: prefix");
        }
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws Exception {
        assertThat(errorsOfCheck("nowhere.yaml")).containsExactly("junctor: nowhere.yaml: does not exist");
        assertThat(errorsOfCheck(".")).containsExactly("junctor: .: is a directory, not a file");
    }

    @Test
    void versionIsThatOfTheBuild() throws Exception {
        try (JunctorProcess junctor = JunctorProcess.run(directory, "version")) {
            assertThat(junctor.line())
                    .matches("junctor [0-9]+\\.[0-9]+\\.[0-9]+\\S*, Java "
                            + Runtime.version().feature() + " \\(.*\\)");
            assertThat(junctor.exitCode()).isZero();
        }
    }

    @Test
    void helpOfASubcommandIsThatOfTheSubcommand() throws Exception {
        try (JunctorProcess junctor = JunctorProcess.run(directory, "help", "bench", "rpc")) {
            assertThat(String.join("\n", junctor.rest())).contains("junctor bench rpc", "--callees");
            assertThat(junctor.exitCode()).isZero();
        }
    }

    @Test
    void helpListsTheCommands() throws Exception {
        try (JunctorProcess junctor = JunctorProcess.run(directory, "help")) {
            assertThat(String.join("\n", junctor.rest())).contains("check", "version", "help");
            assertThat(junctor.exitCode()).isZero();
        }
    }

    @Test
    void unknownCommandsAreRefusedWithTheNearestOne() throws Exception {
        assertThat(usageErrors("chekc"))
                .startsWith("junctor: Unmatched argument at index 0: 'chekc'")
                .anyMatch(line -> line.contains("check"));
        assertThat(usageErrors("check", "--confg", "x")).anyMatch(line -> line.contains("--config"));
        assertThat(usageErrors("check", "-c"))
                .startsWith("junctor: Missing required parameter for option '--config' (FILE)");
    }

    private List<String> errorsOfCheck(String file) throws IOException, InterruptedException {
        try (JunctorProcess junctor = JunctorProcess.run(directory, "check", "-c", file)) {
            assertThat(junctor.exitCode()).isEqualTo(1);
            return junctor.errors();
        }
    }

    private List<String> usageErrors(String... arguments) throws IOException, InterruptedException {
        try (JunctorProcess junctor = JunctorProcess.run(directory, arguments)) {
            assertThat(junctor.exitCode()).isEqualTo(2);
            assertThat(junctor.errors()).hasSizeLessThan(5);
            return junctor.errors();
        }
    }
}
