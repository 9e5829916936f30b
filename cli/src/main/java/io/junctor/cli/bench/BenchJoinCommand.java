package io.junctor.cli.bench;

import io.junctor.cli.bench.session.SessionPlacement;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures how fast sessions join. */
@Command(
        name = "join",
        description = "Sessions join (--connections in total, --window of them at a time), stay idle for --duration"
                + " and leave. Counts joins.")
final class BenchJoinCommand implements Callable<Integer> {
    @Mixin
    private final RouterOptions router = new RouterOptions();

    @Mixin
    private final LoadOptions load = new LoadOptions();

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Override
    public Integer call() {
        SessionPlacement placement = new SessionPlacement(router.targets(), false);
        LoadPlan plan = load.plan(1, "", 1, false);
        List<ProcessUsage> servers = router.processes();
        return BenchCommand.run(
                placement,
                plan,
                plan.window(),
                bench -> new JoinRun(plan, bench.sessions(), bench.statistics(), report.progress()).run(servers),
                report);
    }
}
