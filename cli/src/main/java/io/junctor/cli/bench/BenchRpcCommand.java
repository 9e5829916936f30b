package io.junctor.cli.bench;

import io.junctor.cli.bench.session.SessionPlacement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures calls. */
@Command(name = "rpc", description = "Callers call procedures, which give back what they were given.")
final class BenchRpcCommand implements Callable<Integer> {
    @Mixin
    private final RouterOptions router = new RouterOptions();

    @Mixin
    private final ApartOption apart = new ApartOption();

    @Mixin
    private final LoadOptions load = new LoadOptions();

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Option(
            names = {"-k", "--callees"},
            paramLabel = "N",
            description = "Callees, each with a procedure of its own. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private int callees;

    @Override
    public Integer call() {
        SessionPlacement placement = apart.of(router.targets());
        LoadPlan plan = load.plan(callees, "--callees", 1, true);
        return BenchCommand.load(
                placement,
                plan,
                "call",
                router.processes(),
                report,
                bench -> new RpcWorkload(plan, bench.sessions(), bench.statistics()));
    }
}
