package io.junctor.cli.bench;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Joins. */
@Command(
        name = "join",
        description = "Sessions join (--connections in total, --window of them at a time), stay idle for --duration"
                + " and leave. Counts joins.")
final class JoinCommand implements Callable<Integer> {
    @Mixin
    private final RouterOptions router = new RouterOptions();

    @Mixin
    private final LoadOptions load = new LoadOptions();

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Override
    public Integer call() {
        Target target = router.target();
        LoadPlan plan = load.plan(1, "", 1, false);
        @Nullable ServerProcess server = router.process();
        return Bench.run(
                target,
                plan,
                plan.window(),
                bench -> new JoinRun(plan, bench.sessions(), bench.statistics(), report.progress()).run(server),
                report);
    }
}
