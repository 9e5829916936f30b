package io.junctor.cli.bench;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publications and events. */
@Command(
        name = "pubsub",
        description = "Publishers publish to one topic, which every subscriber hears. Counts events; their latency"
                + " is the way from publisher to subscriber.")
final class PubSubCommand implements Callable<Integer> {
    private static final int JOINING_AT_ONCE = 100;

    @Mixin
    private final RouterOptions router = new RouterOptions();

    @Mixin
    private final LoadOptions load = new LoadOptions();

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Option(
            names = {"-k", "--subscribers"},
            paramLabel = "N",
            description = "Subscribers. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private int subscribers;

    @Option(
            names = "--stuck",
            paramLabel = "N",
            description =
                    "More subscribers, which read nothing once they have subscribed, as a program that hangs does."
                            + " Nothing is counted for them. Default: ${DEFAULT-VALUE}.",
            defaultValue = "0")
    private int stuck;

    @Option(
            names = "--acknowledge",
            description = "Publications are acknowledged, and the acknowledgement frees the place in the window."
                    + " Without it the place is free when the last subscriber has the event.")
    private boolean acknowledge;

    @Override
    public Integer call() {
        Target target = router.target();
        Plan plan = load.plan(subscribers, "--subscribers", Stamp.DIGITS, acknowledge);
        load.sessions("--stuck", stuck);
        @Nullable ServerProcess server = router.process();
        return Bench.run(
                target,
                plan,
                JOINING_AT_ONCE,
                bench -> {
                    PubSub pubSub = new PubSub(plan, stuck, bench.room(), bench.codec(), bench.tally());
                    return new LoadRun(plan, pubSub, bench.room().loop(), bench.tally(), report.progress())
                            .run("event", server);
                },
                report);
    }
}
