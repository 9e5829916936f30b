package io.junctor.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A client of another language in a process: gets commands and reports its progress. For one thread. */
final class ForeignClientProcess implements InteropClient {
    private static final int PATIENCE_SECONDS = 45;

    private final String name;
    private final Process process;
    private final Writer input;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final Map<String, CompletableFuture<Void>> said = Map.of(
            "ready", new CompletableFuture<>(),
            "done", new CompletableFuture<>(),
            "left", new CompletableFuture<>());

    private ForeignClientProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().name("output of " + name).start(this::read);
    }

    static ForeignClientProcess start(String name, Path directory, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().put("PYTHONUNBUFFERED", "1");
            return new ForeignClientProcess(
                    name, builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(this::take);
        } catch (IOException | UncheckedIOException e) {
            take("failed: " + e);
        }
        fail("ended");
    }

    private void take(String line) {
        output.add(line);
        CompletableFuture<Void> word = said.get(line);
        if (word != null) {
            word.complete(null);
        } else if (line.startsWith("failed: ")) {
            fail("failed");
        }
    }

    private void fail(String how) {
        said.values().forEach(word -> word.completeExceptionally(new IllegalStateException(how)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void awaitReady() {
        await("ready");
    }

    @Override
    public void meet(List<String> peers) {
        tell(String.join(" ", peers));
    }

    @Override
    public void awaitDone() {
        await("done");
    }

    @Override
    public void leave() {
        tell("leave");
        await("left");
    }

    private void await(String word) {
        try {
            said.get(word).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new AssertionError(name + " did not say \"" + word + "\": " + e.getCause() + "; its output:\n"
                    + String.join("\n", output));
        }
    }

    private void tell(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new AssertionError(name + " does not listen any more; its output:\n" + String.join("\n", output), e);
        }
    }

    /** Ends the process and its children. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return name;
    }
}
