package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandFailure;
import io.junctor.cli.client.process.Program;
import io.junctor.client.Args;
import io.junctor.client.Invocation;
import io.junctor.client.InvocationHandler;
import io.junctor.client.RegisterOptions;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.wamp.options.InvokePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers a procedure. */
@Command(
        name = "register",
        description =
                "Answers the calls of a procedure by running a program: it gets the call as a JSON object on standard"
                        + " input, and what it prints is the result.",
        customSynopsis =
                "junctor register [OPTIONS] PROCEDURE -- PROGRAM [ARG...]%n       junctor register [OPTIONS] PROCEDURE --echo")
final class RegisterCommand implements Callable<Integer> {
    private static final int MAX_OUTPUT_BYTES = 1_000_000;

    @Mixin
    private final ConnectionOptions connection;

    @Mixin
    private final StayOptions stay = new StayOptions();

    @Mixin
    private final MatchOption match = new MatchOption();

    @Mixin
    private final OutputOptions printing;

    @Parameters(index = "0", paramLabel = "PROCEDURE", description = "The procedure or pattern.")
    private String procedure = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "PROGRAM", description = "The program and its arguments.")
    private List<String> command = new ArrayList<>();

    @Option(names = "--echo", description = "Answer with the arguments of the call instead of running a program.")
    private boolean echo;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            description =
                    "What the program prints: value (a JSON value, or else a text), text, object (a JSON object with args,"
                            + " kwargs and, for a failure, error) or lines (each a value and a progressive result). Default: value.")
    private ProgramOutput form = ProgramOutput.VALUE;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "How many programs run at a time; further calls wait. Default: the number of processors.")
    private int concurrency = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "End a program after this time. Default: 1m.")
    private Duration timeLimit = Duration.ofMinutes(1);

    @Option(
            names = "--invoke",
            paramLabel = "POLICY",
            description =
                    "Share the procedure with other sessions: roundrobin, random, first or last. Default: single.")
    private String invoke = InvokePolicy.SINGLE.wire();

    @Option(names = "--replace", description = "Take the procedure over from the session that has registered it.")
    private boolean replace;

    @Option(names = "--disclose-caller", description = "Ask the router who calls; the program gets it as caller.")
    private boolean discloseCaller;

    RegisterCommand(CommandEnvironment environment) {
        connection = new ConnectionOptions(environment);
        printing = new OutputOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (echo == !command.isEmpty()) {
            throw CommandFailure.usage("register needs either -- and a program after the procedure, or --echo");
        }
        if (concurrency < 1) {
            throw CommandFailure.usage("--concurrency must be at least 1, not " + concurrency);
        }
        Output output = printing.output();
        RegisterOptions options = options();
        InvocationHandler callee = echo
                ? RegisterCommand::echoed
                : new ProgramCallee(new Program(command, timeLimit, MAX_OUTPUT_BYTES), form, concurrency);
        return stay.stay(
                connection.connection(),
                (session, tally) -> register(session, options, new CountedCallee(callee, tally, output), output));
    }

    private void register(Session session, RegisterOptions options, InvocationHandler callee, Output output) {
        try {
            session.register(procedure, options, callee);
            output.note("registered " + procedure + " as session " + session.id());
        } catch (WampException failure) {
            throw RouterConnection.failed("registration of " + procedure, failure);
        }
    }

    private RegisterOptions options() {
        RegisterOptions options = switch (match.policy()) {
            case EXACT -> RegisterOptions.DEFAULT;
            case PREFIX -> RegisterOptions.DEFAULT.prefix();
            case WILDCARD -> RegisterOptions.DEFAULT.wildcard();
        };
        InvokePolicy policy = InvokePolicy.ofWire(invoke);
        if (policy == null) {
            throw CommandFailure.usage(
                    "--invoke must be single, roundrobin, random, first or last, not '" + invoke + "'");
        }
        options = policy == InvokePolicy.SINGLE ? options : options.shared(policy);
        options = replace ? options.replacing() : options;
        options = discloseCaller ? options.discloseCaller() : options;
        return echo ? options : options.concurrency(concurrency);
    }

    private static Args echoed(Invocation invocation) {
        return ReceivedText.arguments(ReceivedText.object(invocation));
    }

    /** Counts and prints the calls that another handler answers. */
    private record CountedCallee(InvocationHandler callee, Tally tally, Output output) implements InvocationHandler {
        @Override
        public @Nullable Object onInvocation(Invocation invocation) throws Exception {
            if (!tally.begin()) {
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
                tally.finishAfter(Thread.currentThread());
            }
        }

        private void print(Invocation invocation, String outcome) {
            if (output.isQuiet()) {
                return;
            }
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("procedure", invocation.procedure());
            ReceivedText.addArguments(object, invocation);
            object.put("outcome", outcome);
            output.print(object, invocation.procedure() + ": " + ReceivedText.line(invocation) + " -> " + outcome);
        }
    }
}
