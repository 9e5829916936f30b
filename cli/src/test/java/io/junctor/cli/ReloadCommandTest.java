package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cli.TestedCommands.Run;
import io.junctor.server.reload.ConfigReload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client lets the router read its configuration again, over WebSockets to a real router. */
@Timeout(180)
class ReloadCommandTest {
    private static final String ALL = "{ uri: \"junctor.\", match: prefix, actions: [call] }";
    private static final String OWN = ALL + ", { uri: junctor.config.reload, actions: [call] }";

    @TempDir
    private Path directory;

    private TestedCommands junctor;

    private static String realms(String rules) {
        return "realms: { realm1: { auth: { anonymous: { role: user } }, roles: { user: { allow: [" + rules
                + "] } } } }\n";
    }

    @BeforeEach
    void open() throws Exception {
        junctor = new TestedCommands(directory, realms(OWN));
        new ConfigReload(directory.resolve("realms.yaml"), junctor.server(), null, applied -> {}).offer();
    }

    @AfterEach
    void close() {
        junctor.close();
    }

    private void write(String content) throws IOException {
        Files.writeString(directory.resolve("realms.yaml"), "listen: [{ port: 0 }]\n" + content);
    }

    @Test
    void itPrintsWhatHasChangedAndWhatNeedsARestart() throws Exception {
        write(realms(OWN) + "limits: { sessions: 77 }\nshutdown: goodbye\n");
        Run reload = junctor.run("reload", "--no-json");
        assertThat(reload.out()).containsExactly("changed: limits, shutdown");
        assertThat(reload.status()).isZero();

        write(realms(OWN).replace("auth:", "limits: { mailbox: 1000 }, auth:"));
        assertThat(junctor.run("reload", "--no-json").out())
                .containsExactly("changed: limits, shutdown", "needs a restart: realms.realm1.limits.mailbox");
        assertThat(junctor.run("reload", "--json").out())
                .singleElement()
                .asString()
                .contains("\"applied\":true", "\"changes\":[]", "\"restart\":[\"realms.realm1.limits.mailbox\"]");
    }

    @Test
    void itPrintsAllMistakesOfTheFileAndTheOldConfigurationStays() throws Exception {
        write("limts: {}\nrealms: { realm1: { auth: 5 } }\n");
        Run reload = junctor.run("reload", "--no-json");
        assertThat(reload.status()).isEqualTo(1);
        assertThat(reload.out())
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(0)).contains("realms.yaml:2:1: unknown key 'limts'"))
                .satisfies(lines -> assertThat(lines.get(1)).contains("realms.yaml:3:27: "))
                .endsWith("The configuration is as before.");
        assertThat(junctor.run("reload", "--json").out())
                .singleElement()
                .asString()
                .contains("\"applied\":false", "\"line\":2", "\"column\":27");
    }

    @Test
    void aRuleForAllProceduresOfOperatorsIsNotEnough() throws Exception {
        write(realms(ALL));
        assertThat(junctor.run("reload", "--no-json").out()).containsExactly("changed: realms.realm1.roles");

        Run refused = junctor.run("reload");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors()).singleElement().asString().contains("wamp.error.not_authorized");
    }
}
