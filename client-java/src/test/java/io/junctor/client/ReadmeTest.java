package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Java program of the README, compiled and run as it stands except for the port. */
@Timeout(60)
class ReadmeTest {
    private static final Pattern PROGRAM =
            Pattern.compile("```java\n((?:(?!```).)*?class Hello .*?)```", Pattern.DOTALL);

    @Test
    void theProgramPrintsItsEventAndItsResult(@TempDir Path directory) throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(program.find()).isTrue();
        Path file = directory.resolve("Hello.java");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (LiveRouter router = new LiveRouter()) {
            Files.writeString(file, program.group(1).replace("ws://127.0.0.1:8080/ws", router.uri()));
            Process process = new ProcessBuilder(java, "-cp", classPath, file.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            assertThat(output.lines()).containsExactlyInAnyOrder("21.5", "250 cents");
        }
    }
}
