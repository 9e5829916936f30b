package io.junctor.conformance;

import io.junctor.cli.log.LogProcedures;
import io.junctor.client.Args;
import io.junctor.client.Session;
import io.junctor.conformance.Chromium.Case;
import io.junctor.server.RouterServer;
import io.junctor.server.reload.ConfigReload;
import io.junctor.server.yaml.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Chromium opens the console of a router with two programs and uses each of its pages. {@code -Dconsole.screenshots=FOLDER} keeps pictures.
 */
@Tag("interop")
class ConsoleTest {
    private static final int PATIENCE_SECONDS = 480;
    private static final int MANY = 10_000;
    /** After 20 events: thousands each second, which leaves time for the browser. */
    private static final long PAUSE_NANOS = 5_000_000;

    private static final String OPEN = """
            listen: [{ port: 0 }]
            realms:
              realm1:
                auth: { anonymous: { role: anonymous } }
                roles:
                  anonymous:
                    allow:
                      - { uri: "", match: prefix, actions: [call, register, publish, subscribe] }
                      - { uri: "junctor.", match: prefix, actions: [call] }
                      - { uri: "junctor.log.", match: prefix, actions: [call] }
                      - { uri: junctor.config.reload, actions: [call] }
                      - { uri: "wamp.session.", match: prefix, actions: [call] }
            """;

    private static final String RESTRICTED = """
            listen:
              - port: 0
                console: { role: operator }
            realms:
              realm1:
                auth:
                  METHOD:
                    users:
                      ann: { SECRET, role: operator }
                      guest: { GUEST, role: guest }
                roles:
                  operator:
                    allow: [{ uri: "junctor.", match: prefix, actions: [call] }]
                  guest:
                    allow: [{ uri: "", match: prefix, actions: [call] }]
            """;

    private static final String UNPRIVILEGED = OPEN.replace("junctor.", "com.example.other.");

    @TempDir
    private Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    @AfterEach
    void closeAll() throws Exception {
        ended.countDown();
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachPageOfTheConsoleShowsWhatIsThere() throws Exception {
        Chromium chromium = Chromium.installed();
        List<String> screenshots = List.of(Objects.requireNonNullElse(System.getProperty("console.screenshots"), "-"));
        return chromium.tests("console.js", screenshots, cases(), PATIENCE_SECONDS);
    }

    private List<Case> cases() throws Exception {
        RouterServer few = start(OPEN);
        LogProcedures.offer(few.router());
        Path mistaken = Files.writeString(directory.resolve("realms.yaml"), "limts: {}\nrealms: { realm1: 5 }\n");
        new ConfigReload(mistaken, few, null, applied -> {}).offer();
        String open = console(few);
        program(few, "com.example.add");
        publishLoad(few);
        Session victim = Session.join(few.router().inProcess().as("victim", "anonymous"), "realm1");
        opened.add(victim);
        RouterServer many = start(OPEN);
        for (int i = 0; i < MANY; i++) {
            opened.add(Session.join(many.router(), "realm1"));
        }
        String guest = "this console is for the role operator, and this user has the role guest";
        String noPermission =
                "wamp.error.not_authorized: the permissions of this session's role do not allow it to call"
                        + " junctor.router.getThe role of this session needs a rule in realms.yaml, such as"
                        + " { uri: \"junctor.\", match: prefix, actions: [call] } (to end sessions:"
                        + " { uri: \"wamp.session.\", match: prefix, actions: [call] }).";
        return List.of(
                new Case("newcomer", "newcomer", open, "5 of 5 sessions, 1 subscriber, [[7],{}], the event came"),
                new Case("echo", "echo", open, "[[],{\"a\":{\"b\":[1.5,null]}}]"),
                new Case(
                        "mistakes",
                        "mistakes",
                        open,
                        "Arguments must be a list such as [1, \"two\"] | wamp.error.no_such_procedure: no callee has"
                                + " registered the procedure com.example.absent"),
                new Case(
                        "reload",
                        "reload",
                        open,
                        "realms.yaml:1:1: unknown key 'limts'; did you mean 'limits'? | realms.yaml:2:19: 'realm1' must be a map"
                                + " with the keys auth, roles, limits and others, not '5'"),
                new Case("log", "log", open, "info LogProcedures the logger io.junctor tells debug from now on"),
                new Case("kill", "kill", open, "0 of 4 sessions"),
                new Case("tail", "tail", open, "filtered"),
                new Case("dropped connection", "dropped", open, "the connection broke, then back"),
                new Case("keyboard", "keyboard", open, "opened and closed a session"),
                new Case("axe", "accessible", open, "nothing found"),
                login("ticket", "ticket: "),
                login("wampcra", "secret: "),
                new Case("other role", "otherRole", console(start(restricted("wampcra", "secret: "))), guest),
                new Case("no permission", "denied", console(start(UNPRIVILEGED)), noPermission),
                new Case("many sessions", "many", console(many), "only the rows in view"));
    }

    private Case login(String method, String key) throws Exception {
        return new Case(
                "login by " + method,
                "login",
                console(start(restricted(method, key))),
                "wamp.error.authentication_denied: the credentials are not accepted | realm1 · ann (operator)");
    }

    private static String restricted(String method, String key) {
        return RESTRICTED
                .replace("METHOD", method)
                .replace("SECRET", key + "tea-at-five-in-june")
                .replace("GUEST", key + "cold-coffee-at-noon");
    }

    /** Two programs: one subscribes, the other answers calls. */
    private void program(RouterServer server, String procedure) {
        Session subscriber = Session.join(server.router(), "realm1");
        opened.add(subscriber);
        subscriber.subscribe("com.example.news", event -> {});
        Session callee = Session.join(server.router(), "realm1");
        opened.add(callee);
        callee.register(procedure, call -> Args.of(call.argument(0, Integer.class) + call.argument(1, Integer.class)));
    }

    /** Publishes until the test ends, on ten topics. */
    private void publishLoad(RouterServer server) throws Exception {
        Session publisher = Session.join(server.router().inProcess().as("load", "anonymous"), "realm1");
        Thread thread = Thread.ofVirtual().start(() -> {
            for (long i = 0; ended.getCount() > 0; i++) {
                publisher.publish("com.example.load." + i % 10, i, Map.of("text", "x".repeat(50)));
                if (i % 20 == 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        });
        opened.add(() -> {
            thread.join();
            publisher.close();
        });
    }

    private RouterServer start(String text) throws Exception {
        RouterServer server = RouterServer.start(
                ConfigFile.parse("realms.yaml", text, System.getenv()).orThrow());
        opened.add(server);
        return server;
    }

    private static String console(RouterServer server) {
        return "http://127.0.0.1:" + server.listeners().getFirst().port() + "/console/";
    }
}
