package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.cli.TestedCommands.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands call, publish, subscribe and register over WebSockets to a real router. */
@Timeout(180)
class ClientCommandsTest {
    private static final String REALMS = """
            realms:
              realm1:
                auth:
                  anonymous: { role: user }
                  ticket: { users: { ann: { ticket: "${SECRET}", role: user } } }
                  wampcra: { users: { ann: { secret: "${SECRET}", role: user } } }
                roles:
                  user:
                    allow:
                      - { uri: "", match: prefix, actions: [call, register, publish, subscribe] }
                      - { uri: "wamp.", match: prefix, actions: [call, subscribe] }
                    deny:
                      - { uri: closed, match: prefix, actions: [call, register, publish, subscribe] }
                history: [{ uri: kept.topic, events: 10 }]
            """;

    @TempDir
    private Path directory;

    private TestedCommands junctor;

    @BeforeEach
    void open() throws Exception {
        junctor = new TestedCommands(directory, REALMS);
    }

    @AfterEach
    void close() {
        junctor.close();
    }

    @Test
    void aCallGoesToTheProgramThatAnotherCommandRegistered() {
        Run callee = junctor.start("register", "com.example.add", "-n", "1", "--", "cat");
        callee.untilItSays("junctor: registered com.example.add");

        Run call = junctor.run("call", "com.example.add", "2", "x=[1, true]", "some text");

        assertThat(call.out())
                .containsExactly("{\"args\":[{\"procedure\":\"com.example.add\",\"args\":[2,\"some text\"],"
                        + "\"kwargs\":{\"x\":[1,true]}}]}");
        assertThat(call.status()).isZero();
        assertThat(callee.status()).isZero();
        assertThat(callee.out())
                .containsExactly("{\"procedure\":\"com.example.add\",\"args\":[2,\"some text\"],"
                        + "\"kwargs\":{\"x\":[1,true]},\"outcome\":\"answered\"}");
    }

    @Test
    void onATerminalAResultIsATextForPeople() {
        Run callee = junctor.start("register", "echo", "--echo");
        callee.untilItSays("junctor: registered echo");
        junctor.onATerminal();

        assertThat(junctor.run("call", "echo", "a text").out()).containsExactly("a text");
        assertThat(junctor.run("call", "echo", "1", "[2]", "a=b").out()).containsExactly("1", "[2]", "a=\"b\"");
        assertThat(junctor.run("call", "echo").out()).isEmpty();
        assertThat(junctor.run("call", "echo", "--json", "5").out()).containsExactly("{\"args\":[5]}");
        assertThat(junctor.run("call", "echo", "--", "-5").out()).containsExactly("-5");
        assertThat(junctor.run("call", "echo", "--raw", "5", "a=b").out()).containsExactly("5", "a=b");
    }

    @Test
    void whatOthersSendCannotCommandTheTerminal() {
        junctor.start("register", "echo", "--echo").untilItSays("junctor: registered echo");

        assertThat(junctor.run("call", "echo", "--no-json", "a\u001b[2J\u009bb").out())
                .containsExactly("a\\u001b[2J\\u009bb");
        assertThat(junctor.run("call", "echo", "--json", "a\u001b[2J\u009bb").out())
                .containsExactly("{\"args\":[\"a\\u001B[2J\\u009bb\"]}");
    }

    @Test
    void argumentsComeFromStandardInputOrAFile() throws Exception {
        junctor.start("register", "echo", "--echo").untilItSays("junctor: registered echo");
        Path file = Files.writeString(directory.resolve("arguments.json"), "{\"a\": 1.5, \"b\": null}\n");

        assertThat(junctor.runWith("[1, \"two\"]\n", "call", "echo", "-").out())
                .containsExactly("{\"args\":[1,\"two\"]}");
        assertThat(junctor.run("call", "echo", "@" + file).out())
                .containsExactly("{\"args\":[],\"kwargs\":{\"a\":1.5,\"b\":null}}");
        assertThat(junctor.runWith("[1]\n", "call", "echo", "--raw", "-").out())
                .containsExactly("{\"args\":[\"[1]\"]}");
    }

    @Test
    void eachLineOfStandardInputIsPublished() {
        Run subscriber = junctor.start("subscribe", "news", "-n", "3");
        subscriber.untilItSays("junctor: subscribed to news");

        Run publisher = junctor.runWith("one\n[2, 2]\n{\"k\": 3}\n", "publish", "news", "--lines");

        assertThat(publisher.status()).isZero();
        assertThat(publisher.out()).hasSize(3).allMatch(line -> line.matches("\\{\"publication\":[0-9]+}"));
        assertThat(subscriber.status()).isZero();
        assertThat(subscriber.out().stream().map(line -> line.replaceAll(".*\"publication\":[0-9]+,", "")))
                .containsExactly("\"args\":[\"one\"]}", "\"args\":[2,2]}", "\"args\":[],\"kwargs\":{\"k\":3}}");
        assertThat(subscriber.out().getFirst()).matches("\\{\"time\":\"[0-9TZ:.-]+\",\"topic\":\"news\",.*");
    }

    @Test
    void onATerminalAnEventIsALineAsOneWouldTypeIt() {
        junctor.onATerminal();
        Run subscriber = junctor.start("subscribe", "ne", "--match", "prefix", "-n", "1");
        subscriber.untilItSays("junctor: subscribed to ne");

        junctor.run("publish", "news", "plain", "two words", "5", "\"5\"", "a=true");

        assertThat(subscriber.status()).isZero();
        assertThat(subscriber.out())
                .singleElement()
                .asString()
                .matches("[0-9:.]+ news: plain \"two words\" 5 \"5\" a=true");
    }

    @Test
    void aPublicationMayBeLimitedToReceiversAndKept() {
        junctor.run("publish", "state", "on", "--retain");
        Run late = junctor.run("subscribe", "state", "--retained", "-n", "1");
        assertThat(late.out()).singleElement().asString().contains("\"args\":[\"on\"],\"retained\":true");

        Run excluded = junctor.start("subscribe", "news", "-n", "1");
        excluded.untilItSays("junctor: subscribed to news");
        junctor.run("publish", "news", "not to users", "--exclude-authrole", "user");
        junctor.run("publish", "news", "to users", "--eligible-authrole", "user,admin", "--disclose-me");
        assertThat(excluded.status()).isZero();
        assertThat(excluded.out()).singleElement().asString().contains("to users", "\"authrole\":\"user\"");
    }

    @Test
    void storedEventsAreShownFirst() {
        junctor.run("publish", "kept.topic", "-n", "3", "old");
        assertThat(junctor.run("subscribe", "kept.topic", "--history", "2", "-n", "2")
                        .out())
                .hasSize(2);
    }

    @Test
    void progressiveResultsArePrintedAsTheyArrive() {
        Run callee = junctor.start(
                "register", "count", "--output", "lines", "--", "sh", "-c", "echo 1; echo two; echo '[3]'");
        callee.untilItSays("junctor: registered count");

        assertThat(junctor.run("call", "count", "--progress").out())
                .containsExactly("{\"args\":[1]}", "{\"args\":[\"two\"]}", "{\"args\":[[3]]}", "{\"args\":[]}");
        assertThat(junctor.run("call", "count").out()).containsExactly("{\"args\":[1,\"two\",[3]]}");
    }

    @Test
    void aProgramThatFailsOrIsSlowIsAnErrorForTheCaller() {
        junctor.start("register", "fails", "--", "sh", "-c", "exit 3").untilItSays("junctor: registered fails");
        junctor.start("register", "slow", "--time-limit", "200ms", "--", "sleep", "60")
                .untilItSays("junctor: registered slow");
        junctor.start("register", "missing", "--", "/no/such/program").untilItSays("junctor: registered missing");
        junctor.start(
                        "register",
                        "chosen",
                        "--output",
                        "object",
                        "--",
                        "echo",
                        "{\"error\": \"com.example.no\", \"args\": [\"because\"]}")
                .untilItSays("junctor: registered chosen");

        assertFails(
                1, "call of fails: wamp.error.runtime_error: the program ended with exit status 3", "call", "fails");
        assertFails(5, "call of slow: wamp.error.timeout: the program took longer than 200 ms", "call", "slow");
        assertFails(1, "call of missing: wamp.error.runtime_error: the program failed: ", "call", "missing");
        assertFails(1, "call of chosen: com.example.no: because", "call", "chosen");
    }

    @Test
    void aCommandRunsForEachEvent() throws Exception {
        Path seen = directory.resolve("seen");
        Run subscriber =
                junctor.start("subscribe", "news", "-n", "2", "--exec", "cat >>" + seen + "; echo \"$JUNCTOR_TOPIC\"");
        subscriber.untilItSays("junctor: subscribed to news");

        junctor.run("publish", "news", "-n", "2", "x");

        assertThat(subscriber.status()).isZero();
        assertThat(subscriber.out()).containsExactly("news", "news");
        assertThat(Files.readAllLines(seen)).hasSize(2).allMatch(line -> line.endsWith("\"args\":[\"x\"]}"));
    }

    @Test
    void eachFailureIsOneSentenceWithAStatus() {
        assertFails(1, "call of com.example.none: wamp.error.no_such_procedure: ", "call", "com.example.none");
        assertFails(1, "call of closed.x: wamp.error.not_authorized: ", "call", "closed.x");
        assertFails(1, "subscription to closed.x: wamp.error.not_authorized: ", "subscribe", "closed.x");
        assertFails(1, "publication to closed.x: wamp.error.not_authorized: ", "publish", "closed.x");
        assertFails(1, "registration of closed.x: wamp.error.not_authorized: ", "register", "closed.x", "--echo");
        assertFails(2, "call of two words: wamp.error.invalid_uri: ", "call", "two words");
        assertFails(
                3,
                "cannot connect to ws://127.0.0.1:1/: connection refused",
                "call",
                "x",
                "--url",
                "ws://127.0.0.1:1/");
        String bare = junctor.url().replace("ws://", "http://").replace("/ws", "");
        assertFails(
                3,
                "cannot connect to " + bare + ": the server answered HTTP 404 (the address has no path: try " + bare
                        + "/ws): This path does not exist. A WAMP client connects to /ws, by WebSocket or HTTP long-poll.",
                "call",
                "x",
                "--url",
                bare);
        assertFails(
                4,
                "cannot join realm 'nope' at " + junctor.url() + ": wamp.error.no_such_realm: ",
                "call",
                "x",
                "--realm",
                "nope");
        assertFails(
                5, "there were fewer than 1 in the time of --for", "subscribe", "silent", "-n", "1", "--for", "100ms");
        assertThat(junctor.run("subscribe", "silent", "--for", "100ms").status())
                .isZero();
    }

    @Test
    void aWrongCommandLineNamesWhatIsWrong() {
        assertFails(
                2,
                "an argument begins like JSON but is not: '{\"a\":}', line 1, column 6: Unexpected character ('}' ",
                "call",
                "x",
                "{\"a\":}");
        assertFails(2, "an argument begins like JSON but is not: '[1', line 1, column 3: ", "call", "x", "a=[1");
        assertFails(2, "the arguments cannot be read from nowhere.json: ", "call", "x", "@nowhere.json");
        assertFails(
                2,
                "Invalid value for option '--timeout': '5y' is not a time such as 500ms",
                "call",
                "x",
                "--timeout",
                "5y");
        assertFails(2, "Unknown option: '--bogus'", "call", "x", "--bogus");
        assertFails(2, "Missing required parameter: 'PROCEDURE'", "call");
        assertFails(2, "'foo' is not a ws:// or wss:// URI", "call", "x", "--url", "foo");
        assertFails(2, "register needs either -- and a program", "register", "x");
        assertFails(2, "there is no login method 'magic'; there are anonymous, ticket", "call", "x", "--auth", "magic");
        assertFails(2, "this login method needs --authid", "call", "x", "--auth", "ticket");
        assertFails(2, "an authid needs a login method: use --auth", "call", "x", "--authid", "ann");
        assertFails(
                2,
                "the login needs a secret (ticket): use --secret-file, ",
                "call",
                "x",
                "--auth",
                "ticket",
                "--authid",
                "ann");
        assertThat(junctor.runWith("1\n[2\n", "publish", "x", "--lines").errors())
                .singleElement()
                .asString()
                .startsWith("line 2 of standard input begins like JSON but is not: line 1, ");
    }

    @Test
    void theSecretComesFromAFileAVariableOrStandardInput() throws Exception {
        Path file = Files.writeString(directory.resolve("ticket"), TestedCommands.SECRET + "\n");
        List<String> identity = List.of("{\"args\":[1]}");

        assertThat(as("ticket", "--secret-file", file.toString()).out()).isEqualTo(identity);
        junctor.set("ANNS", TestedCommands.SECRET);
        assertThat(as("wampcra", "--secret-env", "ANNS").out()).isEqualTo(identity);
        assertThat(junctor.runWith(
                                TestedCommands.SECRET + "\n",
                                "call",
                                "wamp.session.count",
                                "--auth",
                                "ticket",
                                "--authid",
                                "ann",
                                "--secret-file",
                                "-")
                        .out())
                .isEqualTo(identity);
        assertThat(as("ticket", "--secret-env", "UNSET").errors())
                .containsExactly("the environment variable UNSET, which has the secret, is not set");
        junctor.set("JUNCTOR_SECRET", "wrong");
        Run refused = as("ticket");
        assertThat(refused.status()).isEqualTo(4);
        assertThat(refused.errors()).singleElement().asString().contains("wamp.error.authentication_denied");
    }

    @Test
    void aSessionThatTheRouterEndsIsStatus3() {
        Run subscriber = junctor.start("subscribe", "news");
        subscriber.untilItSays("junctor: subscribed to news");
        junctor.stopRouter();
        assertThat(subscriber.status()).isEqualTo(3);
        assertThat(subscriber.errors()).last().asString().startsWith("the session has ended: ");
    }

    @Test
    void aProcessPrintsOneSentenceAndEndsWithTheStatus() throws Exception {
        Map<String, String> environment = Map.of("JUNCTOR_URL", junctor.url());
        try (JunctorProcess call = JunctorProcess.run(directory, environment, "call", "com.example.none")) {
            assertThat(call.exitCode()).isOne();
            assertThat(call.errors())
                    .singleElement()
                    .asString()
                    .startsWith("junctor: call of com.example.none: wamp.error.no_such_procedure: ");
        }
        try (JunctorProcess subscriber = JunctorProcess.run(directory, environment, "subscribe", "news")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !subscriber.errors().isEmpty());
            junctor.run("publish", "news", "after");
            assertThat(subscriber.line()).contains("\"args\":[\"after\"]");
            subscriber.terminate();
            assertThat(subscriber.exitCode()).isEqualTo(143);
            assertThat(subscriber.errors()).hasSize(1);
        }
    }

    private Run as(String method, String... options) {
        String[] arguments = Stream.concat(
                        Stream.of("call", "wamp.session.count", "--auth", method, "--authid", "ann"),
                        Stream.of(options))
                .toArray(String[]::new);
        return junctor.run(arguments);
    }

    @Test
    void aCountThatIsNoPositiveNumberIsRefused() {
        for (List<String> command : List.of(
                List.of("publish", "x"),
                List.of("subscribe", "x"),
                List.of("register", "x", "--echo"),
                List.of("ping"),
                List.of("top"))) {
            for (String count : List.of("0", "-1", "1x", "2147483648")) {
                String problem = "Invalid value for option '--count': '" + count
                        + "' is not a whole number from 1 to 2147483647";
                assertFails(
                        2,
                        problem,
                        Stream.concat(command.stream(), Stream.of("--count", count))
                                .toArray(String[]::new));
            }
        }
    }

    private void assertFails(int status, String beginning, String... arguments) {
        Run run = junctor.run(arguments);
        assertThat(run.errors()).last().asString().startsWith(beginning);
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
    }
}
