package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import io.junctor.cli.client.process.ExternalProgram;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.cli.syntax.DurationConverter;
import io.junctor.cli.syntax.PositiveNumberConverter;
import io.junctor.client.Args;
import io.junctor.client.Invocation;
import io.junctor.client.InvocationHandler;
import io.junctor.client.RegisterOptions;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.wamp.options.InvokePolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Registers a procedure. */
final class RegisterCommand implements Callable<Integer> {
    private static final int MAX_OUTPUT_BYTES = 1_000_000;

    private final ConnectionOptions connection;

    private final WaitOptions wait = new WaitOptions();

    private final MatchOption match = new MatchOption();

    private final OutputOptions printing;

    private final CommandLineArgument<String> procedure =
            CommandLineArgument.parameter("0", "PROCEDURE", "The procedure or pattern.");

    private final CommandLineArgument<List<String>> command =
            CommandLineArgument.parameters("1..*", "0..*", "PROGRAM", "The program and its arguments.", String.class);

    private final CommandLineArgument<Boolean> echo =
            CommandLineArgument.flag("--echo", "Answer with the arguments of the call instead of running a program.");

    private final CommandLineArgument<ProgramOutput> form = CommandLineArgument.option(
            "--output",
            "FORM",
            "What the program prints: value (a JSON value, or else a text), text, object (a JSON object with args,"
                    + " kwargs and, for a failure, error) or lines (each a value and a progressive result). Default: value.",
            ProgramOutput.class,
            ProgramOutput.VALUE);

    private final CommandLineArgument<Integer> concurrency = CommandLineArgument.option(
            "--concurrency",
            "N",
            "How many programs run at a time; further calls wait. Default: the number of processors.",
            new PositiveNumberConverter(),
            Runtime.getRuntime().availableProcessors());

    private final CommandLineArgument<Duration> timeLimit = CommandLineArgument.option(
            "--time-limit",
            "TIME",
            "End a program after this time. Default: 1m.",
            new DurationConverter(),
            Duration.ofMinutes(1));

    private final CommandLineArgument<String> invoke = CommandLineArgument.text(
            "--invoke",
            "POLICY",
            "Share the procedure with other sessions: roundrobin, random, first or last. Default: single.",
            InvokePolicy.SINGLE.wire());

    private final CommandLineArgument<Boolean> replace =
            CommandLineArgument.flag("--replace", "Take the procedure over from the session that has registered it.");

    private final CommandLineArgument<Boolean> discloseCaller =
            CommandLineArgument.flag("--disclose-caller", "Ask the router who calls; the program gets it as caller.");

    RegisterCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
    }

    CommandSpec spec() {
        CommandSpec spec = CommandSyntax.of(
                        this,
                        "register",
                        "Answers the calls of a procedure by running a program: it gets the call as a JSON object on standard"
                                + " input, and what it prints is the result.")
                .with(connection::addTo)
                .with(wait::addTo)
                .with(match::addTo)
                .with(printing::addTo)
                .add(procedure, command, echo, form, concurrency, timeLimit, invoke, replace, discloseCaller)
                .spec();
        spec.usageMessage()
                .customSynopsis(
                        "junctor register [OPTIONS] PROCEDURE -- PROGRAM [ARG...]%n       junctor register [OPTIONS] PROCEDURE --echo");
        return spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (echo.value() == !command.value().isEmpty()) {
            throw CommandException.usage("register needs either -- and a program after the procedure, or --echo");
        }
        ResultPrinter output = printing.output();
        RegisterOptions options = options();
        InvocationHandler callee = echo.value()
                ? RegisterCommand::echoed
                : new ProgramCallee(
                        new ExternalProgram(command.value(), timeLimit.value(), MAX_OUTPUT_BYTES),
                        form.value(),
                        concurrency.value());
        return wait.untilEnd(
                connection.connection(),
                (session, countLimit) ->
                        register(session, options, new CountedCallee(callee, countLimit, output), output));
    }

    private void register(Session session, RegisterOptions options, InvocationHandler callee, ResultPrinter output) {
        try {
            session.register(procedure.value(), options, callee);
            output.note("registered " + procedure.value() + " as session " + session.id());
        } catch (WampException failure) {
            throw RouterConnection.failed("registration of " + procedure.value(), failure);
        }
    }

    private RegisterOptions options() {
        RegisterOptions options = switch (match.policy()) {
            case EXACT -> RegisterOptions.DEFAULT;
            case PREFIX -> RegisterOptions.DEFAULT.prefix();
            case WILDCARD -> RegisterOptions.DEFAULT.wildcard();
        };
        InvokePolicy policy = InvokePolicy.ofWire(invoke.value());
        if (policy == null) {
            throw CommandException.usage(
                    "--invoke must be single, roundrobin, random, first or last, not '" + invoke.value() + "'");
        }
        options = policy == InvokePolicy.SINGLE ? options : options.shared(policy);
        options = replace.value() ? options.replacing() : options;
        options = discloseCaller.value() ? options.discloseCaller() : options;
        return echo.value() ? options : options.concurrency(concurrency.value());
    }

    private static Args echoed(Invocation invocation) {
        return ReceivedArgumentsFormat.arguments(ReceivedArgumentsFormat.object(invocation));
    }

    /** Counts and prints the calls that another handler answers. */
    private record CountedCallee(InvocationHandler callee, CountLimit countLimit, ResultPrinter output)
            implements InvocationHandler {
        @Override
        public @Nullable Object onInvocation(Invocation invocation) throws Exception {
            if (!countLimit.begin()) {
                throw new WampException("wamp.error.unavailable", "the callee has answered its last call");
            }
            String outcome = "failed";
            try {
                Object result = callee.onInvocation(invocation);
                outcome = "answered";
                return result;
            } catch (WampException failure) {
                outcome = failure.uri();
                throw failure;
            } finally {
                print(invocation, outcome);
                countLimit.finishAfter(Thread.currentThread());
            }
        }

        private void print(Invocation invocation, String outcome) {
            if (output.isQuiet()) {
                return;
            }
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("procedure", invocation.procedure());
            ReceivedArgumentsFormat.addArguments(object, invocation);
            object.put("outcome", outcome);
            output.print(
                    object,
                    invocation.procedure() + ": " + ReceivedArgumentsFormat.line(invocation) + " -> " + outcome);
        }
    }
}
