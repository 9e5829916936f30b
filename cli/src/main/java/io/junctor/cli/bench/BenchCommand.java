package io.junctor.cli.bench;

import io.junctor.cli.bench.session.BenchException;
import io.junctor.cli.bench.session.SelectorLoop;
import io.junctor.cli.bench.session.SessionFactory;
import io.junctor.cli.bench.session.SessionPlacement;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bench}: puts a WAMP router under load, Junctor or any other. Used by one thread. */
@Command(
        name = "bench",
        description = "Puts a WAMP router under load, this one or any other, and measures it.",
        subcommands = {BenchRpcCommand.class, BenchPubSubCommand.class, BenchJoinCommand.class},
        synopsisSubcommandLabel = "rpc|pubsub|join")
public final class BenchCommand implements Callable<Integer> {
    private static final int JOINING_AT_ONCE = 100;
    private static final int LEAST_BUFFER_BYTES = 256 << 10;
    private static final CodecLimits LIMITS = new CodecLimits(16 << 20, 64, 1 << 16);

    @Spec
    private CommandSpec command = CommandSpec.create();

    /** Reports that {@code bench} without a subcommand needs one. */
    @Override
    public Integer call() {
        throw new ParameterException(command.commandLine(), "bench needs one of rpc, pubsub and join.");
    }

    /** The objects that a run needs. */
    record RunResources(SessionFactory sessions, OperationStatistics statistics) {}

    /** Puts load on the routers with operations whose unit is called {@code unit}, and returns the exit code. */
    static int load(
            SessionPlacement placement,
            LoadPlan plan,
            String unit,
            List<ProcessUsage> servers,
            ReportOptions report,
            Function<RunResources, Workload> workload) {
        return run(
                placement,
                plan,
                JOINING_AT_ONCE,
                setting -> new LoadRun(
                                plan,
                                workload.apply(setting),
                                setting.sessions().loop(),
                                setting.statistics(),
                                report.progress())
                        .run(unit, servers),
                report);
    }

    /** Runs, prints the outcome, and returns the exit code. */
    static int run(
            SessionPlacement placement,
            LoadPlan plan,
            int joiningAtOnce,
            Function<RunResources, BenchResult> run,
            ReportOptions report) {
        Codec codec = new Codecs(LIMITS).of(placement.any().serializer());
        try (SelectorLoop loop =
                new SelectorLoop(placement.isCompressed(), LEAST_BUFFER_BYTES + 2 * plan.payloadBytes())) {
            SessionFactory sessions = new SessionFactory(loop, codec, placement, joiningAtOnce);
            BenchResult outcome = run.apply(new RunResources(sessions, report.statistics()));
            report.progress().end();
            report.print(outcome);
            return outcome.isFlawless() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (BenchException failure) {
            report.progress().end();
            System.err.println("junctor: " + failure.getMessage());
            return ExitCode.SOFTWARE;
        }
    }
}
