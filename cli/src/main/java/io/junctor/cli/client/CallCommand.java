package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandFailure;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.client.Args;
import io.junctor.client.CallOptions;
import io.junctor.client.ProgressiveCall;
import io.junctor.client.Result;
import io.junctor.client.ResultStream;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.wamp.options.CancelMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls a procedure. */
@Command(name = "call", description = "Calls a procedure and prints its result.")
final class CallCommand implements Callable<Integer> {
    @Mixin
    private final ConnectionOptions connection;

    @Mixin
    private final ArgumentOptions arguments;

    @Mixin
    private final OutputOptions printing;

    @Parameters(index = "0", paramLabel = "PROCEDURE", description = "The procedure.")
    private String procedure = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARG", description = ArgumentOptions.WORDS)
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--progress",
            description = "Ask for progressive results and print each as it arrives, before the result.")
    private boolean progress;

    @Option(
            names = "--lines",
            description = "Send the arguments in parts, one for each line of standard input (progressive call).")
    private boolean lines;

    @Option(names = "--disclose-me", description = "Tell the callee who calls.")
    private boolean discloseMe;

    @Option(
            names = "--cancel-mode",
            paramLabel = "MODE",
            description =
                    "What a time-out or Ctrl-C does with the call: skip, kill or killnowait. Default: killnowait.")
    private String cancelMode = CancelMode.KILL_NO_WAIT.wire();

    CallCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        arguments = new ArgumentOptions(environment);
        printing = new OutputOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (lines && !words.isEmpty()) {
            throw CommandFailure.usage("--lines takes the arguments from standard input: leave out the others");
        }
        CallOptions options = options();
        Args args = arguments.read(words);
        return connection.withSession(session -> {
            try {
                call(session, args, options);
                return ExitStatus.OK.code();
            } catch (WampException failure) {
                throw RouterConnection.failed("call of " + procedure, failure);
            }
        });
    }

    private void call(Session session, Args args, CallOptions options) {
        if (lines) {
            callInParts(session, options);
        } else if (progress) {
            try (ResultStream results = session.stream(procedure, args, options)) {
                results.forEach(this::print);
                print(results.result());
            }
        } else {
            print(session.call(procedure, args, options));
        }
    }

    /** Prints progressive results while parts are sent. */
    private void callInParts(Session session, CallOptions options) {
        Iterator<Args> parts = arguments.lines().iterator();
        Args first = parts.hasNext() ? parts.next() : Args.NONE;
        try (ProgressiveCall call = session.callInParts(procedure, first, options)) {
            CompletableFuture<Void> printed = CompletableFuture.runAsync(
                    () -> call.results().forEach(this::print),
                    task -> Thread.ofVirtual().start(task));
            boolean wanted = true;
            while (wanted && parts.hasNext()) {
                wanted = call.send(parts.next());
            }
            CompletableFuture<Result> result = call.finishAsync(Args.NONE);
            printed.join();
            print(result.join());
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof WampException failure ? failure : failed;
        }
    }

    private void print(Result result) {
        Output output = printing.output();
        output.print(ReceivedText.object(result), ReceivedText.result(result));
    }

    private CallOptions options() {
        CancelMode mode = CancelMode.ofWire(cancelMode);
        if (mode == null) {
            throw CommandFailure.usage("--cancel-mode must be skip, kill or killnowait, not '" + cancelMode + "'");
        }
        CallOptions options = CallOptions.DEFAULT.timeout(connection.timeout()).cancelMode(mode);
        return discloseMe ? options.discloseMe() : options;
    }
}
