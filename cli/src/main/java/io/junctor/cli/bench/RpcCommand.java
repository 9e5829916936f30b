package io.junctor.cli.bench;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Calls. */
@Command(name = "rpc", description = "Callers call procedures, which give back what they were given.")
final class RpcCommand implements Callable<Integer> {
    private static final int JOINING_AT_ONCE = 100;

    @Mixin
    private final RouterOptions router = new RouterOptions();

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
        Target target = router.target();
        Plan plan = load.plan(callees, "--callees", 1, true);
        @Nullable ServerProcess server = router.process();
        return Bench.run(
                target,
                plan,
                JOINING_AT_ONCE,
                bench -> {
                    Rpc rpc = new Rpc(plan, bench.room(), bench.codec(), bench.tally());
                    return new LoadRun(plan, rpc, bench.room().loop(), bench.tally(), report.progress())
                            .run("call", server);
                },
                report);
    }
}
