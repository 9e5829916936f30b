package io.junctor.cli;

import io.junctor.cli.client.process.CommandEnvironment;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs client commands against a router in another process, whose class path is the system property {@code
 * junctor.router.path}. The build of bin/junctor runs this program so that the JVM stores the classes that client commands need (class
 * data sharing, or an AOT cache), and such commands start faster. Confined to the main thread.
 */
public final class ClassCacheTraining {
    private static final Pattern READY = Pattern.compile("Listening on (\\S+), .*");
    private static final String CONFIGURATION = """
            listen: [{ port: 0 }]
            realms:
              realm1:
                auth: { anonymous: { role: user } }
                roles:
                  user:
                    allow:
                      - { uri: "", match: prefix, actions: [call, register, publish, subscribe] }
                      - { uri: "wamp.", match: prefix, actions: [call, subscribe] }
            """;

    private static final List<List<String>> COMMANDS = List.of(
            List.of("publish", "training.topic", "text", "number=1.5", "list=[1, true, null]", "--retain"),
            List.of("subscribe", "training.topic", "--retained", "-n", "1", "--no-json"),
            List.of("register", "training.procedure", "--echo", "--for", "1ms"),
            List.of("call", "wamp.session.count", "--json"),
            List.of("call", "training.none"),
            List.of("sessions", "--no-json"),
            List.of("topics"),
            List.of("procedures"),
            List.of("ping", "-n", "1"));

    private ClassCacheTraining() {}

    /** Runs the commands; their results are not printed. */
    public static void main(String[] arguments) throws IOException {
        Path file = Files.writeString(Files.createTempFile("training", ".yaml"), CONFIGURATION);
        Process router = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("junctor.router.path"),
                        Main.class.getName(),
                        "start",
                        "--config",
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = router.inputReader(StandardCharsets.UTF_8)) {
            String url = url(output);
            COMMANDS.forEach(command -> execute(command, url));
        } finally {
            router.destroy();
            Files.delete(file);
        }
    }

    private static String url(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return ready.group(1);
            }
        }
        throw new IOException("the router for the training has not started");
    }

    private static void execute(List<String> command, String url) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        CommandEnvironment environment = new CommandEnvironment(
                new ByteArrayInputStream(new byte[0]), nowhere, nowhere, false, Map.of("JUNCTOR_URL", url));
        String[] arguments = command.toArray(String[]::new);
        Main.run(Commands.of(environment, arguments), arguments);
    }
}
