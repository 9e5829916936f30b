package io.junctor.cli.client;

import io.junctor.cli.client.json.ArgumentParser;
import io.junctor.cli.client.json.InvalidJsonException;
import io.junctor.cli.client.json.JsonText;
import io.junctor.cli.client.process.ExternalProgram;
import io.junctor.cli.syntax.DurationConverter;
import io.junctor.client.Args;
import io.junctor.client.Invocation;
import io.junctor.client.InvocationHandler;
import io.junctor.client.Progress;
import io.junctor.client.WampException;
import io.junctor.wamp.value.WampError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls by a program. Called on many threads; at most {@code concurrency} programs run at a time, further calls
 * wait. A canceled call ends its program.
 */
final class ProgramCallee implements InvocationHandler {
    private final ExternalProgram program;
    private final ProgramOutput form;
    private final Semaphore places;

    ProgramCallee(ExternalProgram program, ProgramOutput form, int concurrency) {
        this.program = program;
        this.form = form;
        this.places = new Semaphore(concurrency);
    }

    @Override
    public Args onInvocation(Invocation invocation) throws InterruptedException {
        places.acquire();
        try {
            return answer(invocation);
        } catch (ExternalProgram.TimedOutException late) {
            throw failure(
                    WampError.TIMEOUT, "the program took longer than " + DurationConverter.write(program.limit()));
        } catch (InvalidJsonException problem) {
            throw failure(
                    WampError.RUNTIME_ERROR,
                    "the program printed something else than it should: " + problem.getMessage());
        } catch (IOException problem) {
            if (problem.getCause() instanceof WampException chosen) {
                throw chosen;
            }
            throw failure(WampError.RUNTIME_ERROR, "the program failed: " + problem.getMessage());
        } finally {
            places.release();
        }
    }

    private Args answer(Invocation invocation)
            throws IOException, InterruptedException, ExternalProgram.TimedOutException {
        Optional<Progress> progress = form == ProgramOutput.LINES ? invocation.progress() : Optional.empty();
        List<String> lines = new ArrayList<>();
        Consumer<String> onLine = progress.isPresent()
                ? line -> progress.get().send(Args.of(value(line)))
                : new BoundedLines(lines, program.maxLineBytes());
        int status = program.run(
                JsonText.write(object(invocation)) + "\n", Map.of("JUNCTOR_PROCEDURE", invocation.procedure()), onLine);
        if (status != 0) {
            throw failure(WampError.RUNTIME_ERROR, "the program ended with exit status " + status);
        }
        return result(lines);
    }

    private static Map<String, @Nullable Object> object(Invocation invocation) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("procedure", invocation.procedure());
        ReceivedArgumentsFormat.addArguments(object, invocation);
        invocation.caller().ifPresent(peer -> object.put("caller", ReceivedArgumentsFormat.object(peer)));
        return object;
    }

    private Args result(List<String> lines) {
        String text = String.join("\n", lines);
        return switch (form) {
            case VALUE -> text.isEmpty() ? Args.NONE : Args.of(value(text));
            case TEXT -> Args.of(text);
            case LINES -> Args.of(lines.stream().map(ProgramCallee::value).toArray());
            case OBJECT -> ofObject(JsonText.read(text));
        };
    }

    private static Args ofObject(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> object)) {
            throw failure(WampError.RUNTIME_ERROR, "the program did not print a JSON object");
        }
        Args args = ReceivedArgumentsFormat.arguments(object);
        if (object.get("error") instanceof String uri) {
            throw new WampException(uri, args);
        }
        return args;
    }

    /** Returns a text as a JSON value if it is JSON, otherwise the text. */
    private static @Nullable Object value(String text) {
        return ArgumentParser.lenientValue(text);
    }

    private static WampException failure(WampError error, String text) {
        return new WampException(error.uri().text(), text);
    }

    /** Collects lines up to a number of characters, so that a program cannot fill the memory. Confined to one thread. */
    private static final class BoundedLines implements Consumer<String> {
        private final List<String> lines;
        private final int maxChars;
        private int chars;

        BoundedLines(List<String> lines, int maxChars) {
            this.lines = lines;
            this.maxChars = maxChars;
        }

        @Override
        public void accept(String line) {
            chars += line.length() + 1;
            if (chars > maxChars) {
                throw failure(
                        WampError.PAYLOAD_SIZE_EXCEEDED, "the program printed more than " + maxChars + " characters");
            }
            lines.add(line);
        }
    }
}
