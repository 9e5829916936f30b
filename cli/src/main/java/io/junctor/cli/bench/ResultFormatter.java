package io.junctor.cli.bench;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Formats the result of a run as a text for people or as JSON for programs. */
final class ResultFormatter {
    private ResultFormatter() {}

    static String text(BenchResult result) {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        lines.add(line(result.unit() + "s/s", String.format(Locale.ROOT, "%,.0f", result.perSecond())));
        result.measured()
                .forEach((name, value) ->
                        lines.add(line(name.replace('_', ' '), String.format(Locale.ROOT, "%,.2f", value))));
        lines.add(line("latency us", text(result.latency())));
        String problem = result.problem().isEmpty() ? "" : ", the first: " + result.problem();
        lines.add(line("errors", result.errors() + problem));
        lines.add(line("lost", Long.toString(result.lost())));
        return lines.toString();
    }

    static String json(BenchResult result) {
        LatencyPercentiles latency = result.latency();
        StringJoiner members = new StringJoiner(",", "{", "}");
        members.add("\"unit\":\"" + result.unit() + "\"");
        members.add("\"operations\":" + result.operations());
        members.add(number("seconds", result.seconds()));
        members.add(number("per_second", result.perSecond()));
        for (Map.Entry<String, Double> each : result.measured().entrySet()) {
            members.add(number(each.getKey(), each.getValue()));
        }
        members.add("\"latency_us\":{\"p50\":%d,\"p90\":%d,\"p99\":%d,\"p99.9\":%d,\"max\":%d}"
                .formatted(
                        latency.p50Micros(),
                        latency.p90Micros(),
                        latency.p99Micros(),
                        latency.p999Micros(),
                        latency.maxMicros()));
        members.add("\"errors\":" + result.errors());
        members.add("\"lost\":" + result.lost());
        members.add("\"problem\":\"" + harmless(result.problem()) + "\"");
        return members.toString();
    }

    /** Removes control characters from the URI of an error, because a router may put any characters into it. */
    private static String harmless(String text) {
        return text.replaceAll("[^ !#-\\[\\]-~]", "?");
    }

    private static String number(String name, double value) {
        return String.format(Locale.ROOT, "\"%s\":%.3f", name, value);
    }

    private static String text(LatencyPercentiles latency) {
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
