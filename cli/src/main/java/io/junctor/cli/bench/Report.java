package io.junctor.cli.bench;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Prints an outcome as a text for people or as JSON for programs. */
final class Report {
    private Report() {}

    static String text(Outcome outcome) {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        lines.add(line(outcome.unit() + "s/s", String.format(Locale.ROOT, "%,.0f", outcome.perSecond())));
        outcome.measured()
                .forEach((name, value) ->
                        lines.add(line(name.replace('_', ' '), String.format(Locale.ROOT, "%,.2f", value))));
        lines.add(line("latency us", text(outcome.latency())));
        String problem = outcome.problem().isEmpty() ? "" : ", the first: " + outcome.problem();
        lines.add(line("errors", outcome.errors() + problem));
        lines.add(line("lost", Long.toString(outcome.lost())));
        return lines.toString();
    }

    static String json(Outcome outcome) {
        Latency latency = outcome.latency();
        StringJoiner members = new StringJoiner(",", "{", "}");
        members.add("\"unit\":\"" + outcome.unit() + "\"");
        members.add("\"operations\":" + outcome.operations());
        members.add(number("seconds", outcome.seconds()));
        members.add(number("per_second", outcome.perSecond()));
        for (Map.Entry<String, Double> each : outcome.measured().entrySet()) {
            members.add(number(each.getKey(), each.getValue()));
        }
        members.add("\"latency_us\":{\"p50\":%d,\"p90\":%d,\"p99\":%d,\"p99.9\":%d,\"max\":%d}"
                .formatted(
                        latency.p50Micros(),
                        latency.p90Micros(),
                        latency.p99Micros(),
                        latency.p999Micros(),
                        latency.maxMicros()));
        members.add("\"errors\":" + outcome.errors());
        members.add("\"lost\":" + outcome.lost());
        members.add("\"problem\":\"" + harmless(outcome.problem()) + "\"");
        return members.toString();
    }

    /** Removes control characters from the URI of an error, because a router may put any characters into it. */
    private static String harmless(String text) {
        return text.replaceAll("[^ !#-\\[\\]-~]", "?");
    }

    private static String number(String name, double value) {
        return String.format(Locale.ROOT, "\"%s\":%.3f", name, value);
    }

    private static String text(Latency latency) {
        return String.format(
                Locale.ROOT,
                "p50 %,d  p90 %,d  p99 %,d  p99.9 %,d  max %,d",
                latency.p50Micros(),
                latency.p90Micros(),
                latency.p99Micros(),
                latency.p999Micros(),
                latency.maxMicros());
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-26s %s", name, value);
    }
}
