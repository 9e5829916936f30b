package io.junctor.conformance.cluster;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What the experiments have found, beside its bound. A time of twice its bound fails, and so does a wrong count. Thread-safe. */
final class Measurements {
    private static final double TOLERANCE = 2;

    private record Row(String experiment, String what, String found, String bound, boolean isGood) {}

    private final Consumer<String> output;
    private final List<Row> rows = new ArrayList<>();
    private String experiment = "";

    /** @param output takes each line when it is known */
    Measurements(Consumer<String> output) {
        this.output = output;
    }

    /** What follows is of this experiment. */
    synchronized void begin(String name) {
        experiment = name;
    }

    /** The longest of some times. */
    synchronized void time(String what, Duration found, Duration bound) {
        add(what, seconds(found) + " s", seconds(bound) + " s", found.toNanos() <= TOLERANCE * bound.toNanos());
    }

    /** A number that has to be exactly so. */
    synchronized void count(String what, long found, long expected) {
        add(what, Long.toString(found), Long.toString(expected), found == expected);
    }

    /** A number that has to be so or more. */
    synchronized void atLeast(String what, long found, long least) {
        add(what, Long.toString(found), "at least " + least, found >= least);
    }

    /** A number that is only shown. */
    synchronized void note(String what, String found) {
        add(what, found, "-", true);
    }

    /** An experiment that ended before its end. */
    synchronized void failed(Throwable failure) {
        add(String.valueOf(failure), "failed", "-", false);
        StringWriter stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack));
        output.accept(stack.toString());
    }

    private void add(String what, String found, String bound, boolean isGood) {
        Row row = new Row(experiment, what, found, bound, isGood);
        rows.add(row);
        output.accept(line(row));
    }

    /** What is not as it must be. */
    synchronized List<String> failures() {
        return rows.stream()
                .filter(row -> !row.isGood())
                .map(Measurements::line)
                .toList();
    }

    /** All rows as a Markdown table. */
    synchronized String table() {
        StringBuilder table = new StringBuilder("| experiment | what | found | bound |\n|---|---|---|---|\n");
        rows.forEach(row -> table.append(line(row)).append('\n'));
        return table.toString();
    }

    private static String line(Row row) {
        return "| " + row.experiment() + " | " + row.what() + " | " + row.found() + (row.isGood() ? "" : " **failed**")
                + " | " + row.bound() + " |";
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toNanos() / 1e9);
    }
}
