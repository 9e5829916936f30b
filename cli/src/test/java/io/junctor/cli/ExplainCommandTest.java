package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExplainCommandTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void writeFile() throws IOException {
        Files.writeString(directory.resolve("realms.yaml"), """
                realms:
                  realm1:
                    auth: { anonymous: { role: user } }
                    roles:
                      user:
                        allow:
                          - { uri: "", match: prefix, actions: [call, subscribe] }
                          - { uri: "home.{authid}.secret", actions: [subscribe] }
                        deny:
                          - { uri: "..secret", match: wildcard, actions: [subscribe] }
                          - { uri: "shop.", match: prefix, actions: [publish] }
                """);
    }

    @Test
    void theRuleThatDecidesIsNamedWithItsLine() throws Exception {
        assertThat(explain("--action", "subscribe", "--uri", "shop.till.secret"))
                .containsExactly(
                        "subscribe 'shop.till.secret' for role 'user' in realm 'realm1': denied.",
                        "  realms.yaml:10 decides: deny \"..secret\" (match: wildcard)",
                        "  realms.yaml:7 fits as well: allow \"\" (match: prefix); it loses to realms.yaml:10, which is"
                                + " stricter, as it is not narrower than that");
    }

    @Test
    void aNarrowerPermissionWinsForTheUserThatItNames() throws Exception {
        assertThat(explain("--authid", "anna", "--action", "subscribe", "--uri", "home.anna.secret"))
                .startsWith(
                        "subscribe 'home.anna.secret' for role 'user' in realm 'realm1': allowed.",
                        "  realms.yaml:8 decides: allow \"home.anna.secret\" (match: exact)")
                .anyMatch(line -> line.contains("realms.yaml:10") && line.contains("is narrower"));
        assertThat(explain("--authid", "berta", "--action", "subscribe", "--uri", "home.anna.secret"))
                .first()
                .asString()
                .endsWith(": denied.");
    }

    @Test
    void aPatternIsDeniedByTheRuleAboutAPartOfIt() throws Exception {
        assertThat(explain("--action", "subscribe", "--match", "prefix", "--uri", "shop."))
                .startsWith(
                        "subscribe 'shop.' (match: prefix) for role 'user' in realm 'realm1': denied.",
                        "  realms.yaml:10 decides: deny \"..secret\" (match: wildcard)");
    }

    @Test
    void actionsWithoutARuleAreDenied() throws Exception {
        assertThat(explain("--action", "register", "--uri", "shop.open"))
                .containsExactly(
                        "register 'shop.open' for role 'user' in realm 'realm1': denied.",
                        "  No rule fits all of it: what no rule allows is denied.");
    }

    @Test
    void unknownWordsAreRefused() throws Exception {
        try (JunctorProcess junctor = run("--action", "eat", "--uri", "x")) {
            assertThat(junctor.exitCode()).isEqualTo(1);
            assertThat(junctor.errors())
                    .containsExactly(
                            "junctor: --action must be call, register, replace, publish or subscribe, not 'eat'");
        }
    }

    @Test
    void checkWarnsOfARuleThatMakesNoDifference() throws Exception {
        try (JunctorProcess junctor = JunctorProcess.run(directory, "check")) {
            assertThat(junctor.rest()).containsExactly("realms.yaml has no mistakes, 1 warning.");
            assertThat(junctor.exitCode()).isZero();
            assertThat(junctor.errors())
                    .containsExactly("realms.yaml:11: warning: in role 'user' of realm 'realm1' this rule makes no"
                            + " difference to 'publish': nothing allows what it denies");
        }
    }

    private List<String> explain(String... options) throws IOException, InterruptedException {
        try (JunctorProcess junctor = run(options)) {
            List<String> lines = junctor.rest();
            assertThat(junctor.exitCode()).isZero();
            return lines;
        }
    }

    private JunctorProcess run(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("explain", "--role", "user"));
        command.addAll(List.of(options));
        return JunctorProcess.run(directory, command.toArray(new String[0]));
    }
}
