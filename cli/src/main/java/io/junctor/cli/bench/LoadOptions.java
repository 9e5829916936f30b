package io.junctor.cli.bench;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that set the amount of load, for calls and publications. */
final class LoadOptions {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MOST_SECONDS = 86_400;
    private static final int MOST_SESSIONS = 60_000;
    private static final int MOST_WINDOW = 100_000;
    private static final int MOST_PAYLOAD_BYTES = 8 << 20;
    private static final double MOST_RATE = 10_000_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = {"-c", "--connections"},
            paramLabel = "N",
            description = "Callers or publishers. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10")
    private int connections;

    @Option(
            names = {"-w", "--window"},
            paramLabel = "N",
            description = "What each of them has under way at a time. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private int window;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            description = "Length of the string that is sent. Default: ${DEFAULT-VALUE}.",
            defaultValue = "64")
    private int payloadBytes;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            description = "How long to measure. Default: ${DEFAULT-VALUE}.",
            defaultValue = "5")
    private double durationSeconds;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            description = "How long to load without measuring first. Default: ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private double warmupSeconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Calls or publications a second over all connections, due on a fixed schedule whatever the"
                    + " router does; latency counts from when each was due. Without it the windows are kept full.",
            defaultValue = "0")
    private double rate;

    /** Returns the load; the arguments are the values that differ between calls and publications. */
    LoadPlan plan(int partners, String partnersOption, int leastPayloadBytes, boolean acknowledged) {
        within("--connections", connections, 1, MOST_SESSIONS);
        within(partnersOption, partners, 1, MOST_SESSIONS);
        within("--window", window, 1, MOST_WINDOW);
        within("--payload", payloadBytes, leastPayloadBytes, MOST_PAYLOAD_BYTES);
        within("--duration", durationSeconds, 0, MOST_SECONDS);
        within("--warmup", warmupSeconds, 0, MOST_SECONDS);
        within("--rate", rate, 0, MOST_RATE);
        return new LoadPlan(
                connections,
                partners,
                window,
                payloadBytes,
                rate,
                acknowledged,
                (long) (warmupSeconds * NANOS_PER_SECOND),
                (long) (durationSeconds * NANOS_PER_SECOND));
    }

    /** Checks a number of sessions, which may be 0. */
    void sessions(String option, int number) {
        within(option, number, 0, MOST_SESSIONS);
    }

    private void within(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s must be from %.0f to %.0f, not %s."
                            .formatted(
                                    option, least, most, Double.toString(value).replaceFirst("\\.0$", "")));
        }
    }
}
