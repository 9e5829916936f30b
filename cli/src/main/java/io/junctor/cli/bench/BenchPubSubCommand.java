package io.junctor.cli.bench;

import io.junctor.cli.bench.session.SessionPlacement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures publications and the arrival of their events. */
@Command(
        name = "pubsub",
        description = "Publishers publish to one topic, which every subscriber hears. Counts events; their latency"
                + " is the way from publisher to subscriber.")
final class BenchPubSubCommand implements Callable<Integer> {
    @Mixin
    private final RouterOptions router = new RouterOptions();

    @Mixin
    private final ApartOption apart = new ApartOption();

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
        SessionPlacement placement = apart.of(router.targets());
        LoadPlan plan = load.plan(subscribers, "--subscribers", NumberedPayload.DIGITS, acknowledge);
        load.sessions("--stuck", stuck);
        return BenchCommand.load(
                placement,
                plan,
                "event",
                router.processes(),
                report,
                bench -> new PubSubWorkload(plan, stuck, bench.sessions(), bench.statistics()));
    }
}
