package io.junctor.cli.client.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A program that a command runs: one process for each event or call. Immutable; many threads may call {@link #run}.
 *
 * @param command the program and its arguments
 * @param limit the time after which the program is ended
 * @param maxLineBytes the longest line that the program may print
 */
public record ExternalProgram(List<String> command, Duration limit, int maxLineBytes) {
    private static final long GRACE_SECONDS = 2;

    /** Reports that the program took longer than its limit and was ended. */
    public static final class TimedOutException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Runs the program until it ends. It shares the standard error of this process. An interrupt ends the program and its children:
     * by SIGTERM, and 2 s later by SIGKILL.
     *
     * @param input the text for the program's standard input; it is not a failure if the program does not read it
     * @param variables further environment variables
     * @param onLine called for each line of the program's standard output, on another thread
     * @return the exit status of the program
     * @throws IOException if the program cannot be started or prints a line that is too long, or if {@code onLine} fails
     */
    public int run(String input, Map<String, String> variables, Consumer<String> onLine)
            throws IOException, InterruptedException, TimedOutException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(variables);
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        Process process = builder.start();
        try {
            Thread.ofVirtual().start(() -> write(process, input));
            CompletableFuture<Void> read = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> read(process, onLine, read));
            read.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!process.waitFor(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimedOutException();
            }
            return process.exitValue();
        } catch (TimeoutException late) {
            throw new TimedOutException();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new IOException(cause == null ? "its output cannot be read" : cause.getMessage(), cause);
        } finally {
            end(process);
        }
    }

    private static void write(Process process, String input) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // The program has closed its standard input or has ended.
        }
    }

    private void read(Process process, Consumer<String> onLine, CompletableFuture<Void> done) {
        try (InputStream in = new BufferedInputStream(process.getInputStream())) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\n') {
                    onLine.accept(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                } else if (line.size() == maxLineBytes) {
                    throw new IOException("the program printed a line of more than " + maxLineBytes + " bytes");
                } else {
                    line.write(octet);
                }
            }
            if (line.size() > 0) {
                onLine.accept(line.toString(StandardCharsets.UTF_8));
            }
            done.complete(null);
        } catch (IOException | RuntimeException problem) {
            done.completeExceptionally(problem);
        }
    }

    /** Ends the program and its child processes, if they still run. */
    private static void end(Process process) {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroy);
        Thread.ofVirtual().start(() -> {
            process.onExit()
                    .orTimeout(GRACE_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> process)
                    .join();
            all.forEach(ProcessHandle::destroyForcibly);
        });
    }
}
