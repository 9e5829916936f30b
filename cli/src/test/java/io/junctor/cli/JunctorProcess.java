package io.junctor.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs the command in a process. Standard error goes to a file, so that neither stream can block the process. */
final class JunctorProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final Path errors;

    private JunctorProcess(Process process, Path errors) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.errors = errors;
    }

    /** Returns the line that is printed when clients may connect: the address and the realms. */
    static final Pattern READY = Pattern.compile("Listening on (ws://127\\.0\\.0\\.1:[0-9]+/ws), realms: (.*)");

    static JunctorProcess run(Path directory, String... arguments) throws IOException {
        return run(directory, Map.of(), arguments);
    }

    static JunctorProcess run(Path directory, Map<String, String> environment, String... arguments) throws IOException {
        return runBy(List.of(), directory, environment, arguments);
    }

    /** Runs the command by a program that takes it as its last arguments. */
    static JunctorProcess runBy(
            List<String> program, Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path errors = directory.resolve("stderr.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JUNCTOR_"));
        builder.environment().putAll(environment);
        return new JunctorProcess(builder.start(), errors);
    }

    /** The next line of standard output, or null at its end. */
    String line() throws IOException {
        return output.readLine();
    }

    /** Returns the rest of standard output. */
    List<String> rest() {
        return output.lines().toList();
    }

    /** Returns standard error so far; all of it once the process has ended. */
    List<String> errors() throws IOException {
        return Files.readAllLines(errors);
    }

    /** Writes a line to standard input. */
    void tell(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Sends SIGHUP. */
    void hangUp() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** Returns whether the process inherited an ignored SIGHUP, as under nohup, which the JVM keeps. False without /proc. */
    boolean inheritedIgnoredHangUp() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) != 0);
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
