package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What client commands log, as processes of their own. */
@Timeout(180)
class CommandLogTest {
    private static final String REALMS = """
            realms:
              realm1:
                auth:
                  ticket: { users: { ann: { ticket: "${SECRET}", role: user } } }
                roles: { user: { allow: [{ uri: "", match: prefix, actions: [call] }] } }
            """;

    @TempDir
    private Path directory;

    /** No router listens there. */
    private String url = "ws://127.0.0.1:1/ws";

    private List<String> errors(Map<String, String> environment, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("call", "com.example.add", "--url", url));
        arguments.addAll(List.of(more));
        try (JunctorProcess junctor = JunctorProcess.run(directory, environment, arguments.toArray(String[]::new))) {
            assertThat(junctor.exitCode()).isNotZero();
            return junctor.errors();
        }
    }

    @Test
    void aClientLogsNothingUnlessTheLevelIsSet() throws Exception {
        assertThat(errors(Map.of())).singleElement().asString().startsWith("junctor: cannot connect to " + url);
        assertThat(errors(Map.of("JUNCTOR_LOG", "")))
                .singleElement()
                .asString()
                .startsWith("junctor: cannot connect to " + url);
    }

    @Test
    void theLevelIsSetByOptionOrVariable() throws Exception {
        String joining = "DEBUG RouterConnection: joining realm realm1 at " + url;
        assertThat(errors(Map.of(), "--log-level", "debug")).anyMatch(line -> line.endsWith(joining));
        assertThat(errors(Map.of("JUNCTOR_LOG", "debug"))).anyMatch(line -> line.endsWith(joining));
        assertThat(errors(Map.of("JUNCTOR_LOG", "debug"), "--log-level", "error"))
                .hasSize(1);
        assertThat(errors(Map.of(), "--log-level", "debug", "--log-format", "json"))
                .allSatisfy(line -> assertThat(line).startsWith("{\"time\":"))
                .anyMatch(line -> line.contains("\"message\":\"joining realm realm1 at " + url));
    }

    @Test
    void noLevelTellsASecret() throws Exception {
        try (TestedCommands router = new TestedCommands(directory, REALMS)) {
            url = router.url();
            List<String> lines = errors(
                    Map.of("JUNCTOR_SECRET", TestedCommands.SECRET),
                    "--auth",
                    "ticket",
                    "--authid",
                    "ann",
                    "--log-level",
                    "trace");
            assertThat(lines)
                    .anyMatch(line -> line.contains("joined as session "))
                    .noneMatch(line -> line.contains(TestedCommands.SECRET));
        }
    }
}
