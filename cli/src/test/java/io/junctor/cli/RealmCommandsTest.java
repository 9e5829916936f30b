package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cli.TestedCommands.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look into a realm, end sessions and name routers, over WebSockets to a real router. */
@Timeout(180)
class RealmCommandsTest {
    private static final String REALMS = """
            realms:
              realm1:
                auth:
                  anonymous: { role: user }
                  ticket: { users: { ann: { ticket: "${SECRET}", role: admin } } }
                roles:
                  user:
                    allow: [{ uri: "", match: prefix, actions: [call, register, publish, subscribe] }]
                    deny: [{ uri: "wamp.", match: prefix, actions: [call, subscribe] }]
                  admin:
                    allow:
                      - { uri: "", match: prefix, actions: [call, register, publish, subscribe] }
                      - { uri: "wamp.", match: prefix, actions: [call, subscribe] }
            """;

    @TempDir
    private Path directory;

    private TestedCommands junctor;

    @BeforeEach
    void open() throws Exception {
        junctor = new TestedCommands(directory, REALMS);
        junctor.set("SECRET_OF_ANN", TestedCommands.SECRET);
        junctor.run(
                "context",
                "add",
                "admin",
                "--url",
                junctor.url(),
                "--auth",
                "ticket",
                "--authid",
                "ann",
                "--secret-env",
                "SECRET_OF_ANN");
    }

    @AfterEach
    void close() {
        junctor.close();
    }

    @Test
    void sessionsTopicsAndProceduresAreListed() {
        junctor.start("register", "com.example.echo", "--echo", "--invoke", "roundrobin")
                .untilItSays("junctor: registered com.example.echo");
        junctor.start("subscribe", "plant.", "--match", "prefix").untilItSays("junctor: subscribed to plant.");

        assertThat(asAdmin("sessions").out()).hasSize(2).allMatch(line -> line.contains("\"authrole\":\"user\""));
        assertThat(asAdmin("sessions", "--with-role", "admin").out()).isEmpty();
        assertThat(asAdmin("topics", "plant").out())
                .singleElement()
                .asString()
                .contains("\"uri\":\"plant.\",\"match\":\"prefix\"", "\"subscribers\":1");
        assertThat(asAdmin("procedures", "com.").out())
                .singleElement()
                .asString()
                .contains("\"uri\":\"com.example.echo\"", "\"invoke\":\"roundrobin\"", "\"callees\":1");
        assertThat(asAdmin("procedures", "other").out()).isEmpty();

        List<String> table = asAdmin("procedures", "--no-json").out();
        assertThat(table).hasSize(2);
        assertThat(table.getFirst()).startsWith("URI               MATCH  INVOKE      CALLEES  CREATED");
        assertThat(table.getLast()).startsWith("com.example.echo  exact  roundrobin  1        ");
    }

    @Test
    void whoMayNotLookIsTold() {
        Run refused = junctor.run("sessions");
        assertThat(refused.status()).isOne();
        assertThat(refused.errors())
                .singleElement()
                .asString()
                .startsWith("list of sessions: wamp.error.not_authorized: ");
    }

    @Test
    void killEndsTheSessionsThatAreNamed() {
        Run first = junctor.start("subscribe", "news").untilItSays("junctor: subscribed to news");
        String id = first.errors().getFirst().replaceAll(".*session ", "");
        assertThat(asAdmin("kill", id, "--message", "tea time").out()).containsExactly("{\"killed\":1}");
        assertThat(first.status()).isEqualTo(3);
        assertThat(first.errors())
                .last()
                .asString()
                .startsWith("the session has ended: wamp.close.killed")
                .contains("tea time");

        Run second = junctor.start("subscribe", "news").untilItSays("junctor: subscribed to news");
        assertThat(asAdmin("kill", "--with-role", "user", "--no-json").out()).containsExactly("ended 1 session");
        assertThat(second.status()).isEqualTo(3);

        assertThat(asAdmin("kill", id).errors())
                .singleElement()
                .asString()
                .startsWith("kill: wamp.error.no_such_session: ");
        assertThat(asAdmin("kill", "--all", "--with-role", "user").errors())
                .containsExactly("kill needs either ids of sessions, --with-authid, --with-role or --all");
    }

    @Test
    void pingNeedsNoPermission() {
        Run ping = junctor.run("ping", "-n", "2", "--interval", "1ms");
        assertThat(ping.status()).isZero();
        assertThat(ping.out())
                .hasSize(3)
                .allMatch(line -> line.matches("\\{\"what\":\"(join|answer)\",\"ms\":[0-9.]+}"));
    }

    @Test
    void topShowsTheRealmForPeopleAndPrograms() {
        junctor.start("register", "com.example.echo", "--echo").untilItSays("junctor: registered com.example.echo");

        List<String> shown = asAdmin("top", "-n", "1", "--no-json").out();
        assertThat(shown.getFirst())
                .isEqualTo("realm realm1 at " + junctor.url() + ": 1 sessions, 0 topics, 1 procedures");
        assertThat(shown).contains("PROCEDURE         MATCH  CALLEES", "com.example.echo  exact  1");

        Run twice = asAdmin("top", "-n", "2", "--interval", "1ms");
        assertThat(twice.status()).isZero();
        assertThat(twice.out()).hasSize(2).allMatch(line -> line.startsWith("{\"sessions\":[{\"session\":"));
    }

    @Test
    void onATerminalTopUsesTheWholeScreenAndGivesItBack() {
        junctor.onATerminal();
        String shown = String.join("\n", asAdmin("top", "-n", "1").out());
        assertThat(shown)
                .startsWith("\u001b[?1049h\u001b[?25l\u001b[Hrealm realm1 at ")
                .endsWith("\u001b[?25h\u001b[?1049l");
    }

    @Test
    void onATerminalTheNamesOfColumnsAreBoldUnlessColoursAreNotWanted() {
        junctor.start("subscribe", "news").untilItSays("junctor: subscribed to news");
        String plain = asAdmin("topics", "--no-json").out().getFirst();
        assertThat(plain).startsWith("URI ");

        junctor.onATerminal();
        String bold = "\u001b[1m" + plain + "\u001b[0m";
        assertThat(asAdmin("topics").out()).hasSize(2).first().isEqualTo(bold);
        assertThat(String.join("\n", asAdmin("top", "-n", "1").out())).contains("\u001b[1mTOPIC ");

        junctor.set("TERM", "dumb");
        assertThat(asAdmin("topics").out().getFirst()).isEqualTo(plain);
        junctor.set("TERM", "xterm").set("NO_COLOR", "1");
        assertThat(asAdmin("topics").out().getFirst()).isEqualTo(plain);
        assertThat(String.join("\n", asAdmin("top", "-n", "1").out())).doesNotContain("\u001b[1m");
    }

    @Test
    void aContextHoldsUntilAnotherRouterIsNamed() throws Exception {
        assertThat(junctor.run("context", "use", "admin").status()).isZero();
        Path file = directory.resolve("junctor/contexts.yaml");
        assertThat(Files.readString(file)).isEqualTo("""
                current: admin
                contexts:
                  admin:
                    url: %s
                    auth: ticket
                    authid: ann
                    secret_env: SECRET_OF_ANN
                """.formatted(junctor.url()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(junctor.run("context", "list", "--no-json").out())
                .containsExactly(
                        "NAME   CURRENT  URL" + " ".repeat(junctor.url().length() - 1) + "AUTH    AUTHID",
                        "admin  *        " + junctor.url() + "  ticket  ann");

        // JUNCTOR_URL of the tests names a router: the ticket is not sent there.
        assertThat(junctor.run("sessions").status()).isOne();
        // But a context that is named comes before the variable.
        junctor.set("JUNCTOR_URL", "ws://127.0.0.1:1/");
        assertThat(asAdmin("sessions").status()).isZero();
        junctor.set("JUNCTOR_URL", "");
        assertThat(junctor.run("sessions").status()).isZero();

        assertThat(junctor.run("context", "remove", "admin").status()).isZero();
        assertThat(junctor.run("context", "list").out()).isEmpty();
    }

    @Test
    void mistakesInContextsAreNamed() throws Exception {
        assertThat(junctor.run("sessions", "--context", "prod").errors())
                .containsExactly("there is no context 'prod'; there are admin");
        assertThat(junctor.run("context", "add", "admin", "--url", "ws://127.0.0.1/")
                        .errors())
                .containsExactly("there is already a context 'admin'; --replace replaces it");
        assertThat(junctor.run("context", "add", "other", "--url", "foo").errors())
                .singleElement()
                .asString()
                .startsWith("'foo' is not a ws:// or wss:// URI");
        assertThat(junctor.run("context").errors()).containsExactly("context needs one of add, list, use and remove.");

        Path file = directory.resolve("junctor/contexts.yaml");
        Files.writeString(file, "contexts: { prod: { urk: ws://127.0.0.1/ } }\n");
        Run run = junctor.run("sessions", "--context", "prod");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.errors())
                .singleElement()
                .asString()
                .startsWith(file + " has an unknown key 'urk' in context 'prod'; the keys are url, realm, ");
    }

    @Test
    void withRetryAnUnreachableRouterIsAwaitedAndARefusalIsNot() {
        Run waiting = junctor.run("subscribe", "news", "--retry", "--for", "100ms", "--url", "ws://127.0.0.1:1/");
        assertThat(waiting.status()).isZero();
        Run refused = junctor.run("subscribe", "wamp.session.on_join", "--retry");
        assertThat(refused.status()).isOne();
        assertThat(refused.errors())
                .last()
                .asString()
                .startsWith("subscription to wamp.session.on_join: wamp.error.not_authorized");
        Run noRealm = junctor.run("subscribe", "news", "--retry", "--realm", "nope");
        assertThat(noRealm.status()).isEqualTo(4);
        assertThat(noRealm.errors()).last().asString().startsWith("cannot join: wamp.error.no_such_realm");
    }

    private Run asAdmin(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--context";
        all[arguments.length + 1] = "admin";
        return junctor.run(all);
    }
}
