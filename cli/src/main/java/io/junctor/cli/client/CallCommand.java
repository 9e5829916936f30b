package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.client.Args;
import io.junctor.client.CallOptions;
import io.junctor.client.ProgressiveCall;
import io.junctor.client.Result;
import io.junctor.client.ResultStream;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.wamp.options.CancelMode;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Model.CommandSpec;

/** Calls a procedure. */
final class CallCommand implements Callable<Integer> {
    private final ConnectionOptions connection;

    private final ArgumentOptions arguments;

    private final OutputOptions printing;

    private final CommandLineArgument<String> procedure =
            CommandLineArgument.parameter("0", "PROCEDURE", "The procedure.");

    private final CommandLineArgument<List<String>> words = ArgumentOptions.words();

    private final CommandLineArgument<Boolean> progress = CommandLineArgument.flag(
            "--progress", "Ask for progressive results and print each as it arrives, before the result.");

    private final CommandLineArgument<Boolean> lines = CommandLineArgument.flag(
            "--lines", "Send the arguments in parts, one for each line of standard input (progressive call).");

    private final CommandLineArgument<Boolean> discloseMe =
            CommandLineArgument.flag("--disclose-me", "Tell the callee who calls.");

    private final CommandLineArgument<String> cancelMode = CommandLineArgument.text(
            "--cancel-mode",
            "MODE",
            "What a time-out or Ctrl-C does with the call: skip, kill or killnowait. Default: killnowait.",
            CancelMode.KILL_NO_WAIT.wire());

    CallCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        arguments = new ArgumentOptions(environment);
        printing = new OutputOptions(environment);
    }

    CommandSpec spec() {
        return CommandSyntax.of(this, "call", "Calls a procedure and prints its result.")
                .with(connection::addTo)
                .with(arguments::addTo)
                .with(printing::addTo)
                .add(procedure, words, progress, lines, discloseMe, cancelMode)
                .spec();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (lines.value() && !words.value().isEmpty()) {
            throw CommandException.usage("--lines takes the arguments from standard input: leave out the others");
        }
        CallOptions options = options();
        Args args = arguments.read(words.value());
        return connection.withSession(session -> {
            try {
                call(session, args, options);
                return ExitStatus.OK.code();
            } catch (WampException failure) {
                throw RouterConnection.failed("call of " + procedure.value(), failure);
            }
        });
    }

    private void call(Session session, Args args, CallOptions options) {
        if (lines.value()) {
            callInParts(session, options);
        } else if (progress.value()) {
            try (ResultStream results = session.stream(procedure.value(), args, options)) {
                results.forEach(this::print);
                print(results.result());
            }
        } else {
            print(session.call(procedure.value(), args, options));
        }
    }

    /** Prints progressive results while the parts of the call are being sent. */
    private void callInParts(Session session, CallOptions options) {
        Iterator<Args> parts = arguments.lines().iterator();
        Args first = parts.hasNext() ? parts.next() : Args.NONE;
        try (ProgressiveCall call = session.callInParts(procedure.value(), first, options)) {
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
        ResultPrinter output = printing.output();
        output.print(ReceivedArgumentsFormat.object(result), ReceivedArgumentsFormat.result(result));
    }

    private CallOptions options() {
        CancelMode mode = CancelMode.ofWire(cancelMode.value());
        if (mode == null) {
            throw CommandException.usage(
                    "--cancel-mode must be skip, kill or killnowait, not '" + cancelMode.value() + "'");
        }
        CallOptions options = CallOptions.DEFAULT.timeout(connection.timeout()).cancelMode(mode);
        return discloseMe.value() ? options.discloseMe() : options;
    }
}
