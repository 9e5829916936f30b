package io.junctor.cli.client.listing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formats a snapshot of a realm for a screen, or as an object. Confined to one thread. */
public final class TopScreen {
    /** The number of lines besides the rows: the title, and for each of the three tables an empty line and its heading. */
    private static final int OTHER_LINES = 7;

    private static final int TABLES = 3;
    private static final List<String> PROCEDURE_COLUMNS = List.of(
            "procedure",
            "match",
            "callees",
            RateCalculator.KEY,
            "calls",
            "errors",
            "open",
            "waiting",
            "p50_ms",
            "p99_ms");
    private static final List<String> TOPIC_COLUMNS =
            List.of("topic", "match", "subscribers", RateCalculator.KEY, "publications", "retained", "history");
    private static final List<String> SESSION_COLUMNS = List.of(
            "session",
            "authid",
            "authrole",
            RateCalculator.KEY,
            "queue_messages",
            "events_dropped",
            "requests_refused",
            "transport",
            "serializer",
            "peer",
            "agent");

    private final RateCalculator sessions = new RateCalculator("session", "messages_received", "messages_sent");
    private final RateCalculator topics = new RateCalculator("id", "publications");
    private final RateCalculator procedures = new RateCalculator("id", "calls");

    /**
     * A line of the screen.
     *
     * @param isHeading whether the line contains the names of the columns below it
     */
    public record Line(String text, boolean isHeading) {
        static Line of(String text) {
            return new Line(text, false);
        }

        Line cutTo(int width) {
            return text.length() > width ? new Line(text.substring(0, width), isHeading) : this;
        }
    }

    /** Returns the snapshot with rates, the rows with the highest rates first. */
    public RealmSnapshot rated(RealmSnapshot snapshot) {
        return new RealmSnapshot(
                snapshot.nanos(),
                sessions.of(snapshot.sessions(), snapshot.nanos()),
                topics.of(snapshot.topics(), snapshot.nanos()),
                procedures.of(snapshot.procedures(), snapshot.nanos()));
    }

    /** Returns one object with the three lists. */
    public static Map<String, @Nullable Object> object(RealmSnapshot snapshot) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("sessions", snapshot.sessions());
        object.put("topics", snapshot.topics());
        object.put("procedures", snapshot.procedures());
        return object;
    }

    /**
     * Returns the lines of a screen.
     *
     * @param title the first line
     * @param height the most lines
     * @param width the most characters of a line
     */
    public static List<Line> lines(String title, RealmSnapshot snapshot, int height, int width) {
        int rows = Math.max(1, (height - OTHER_LINES) / TABLES);
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(title + ": " + snapshot.sessions().size() + " sessions, "
                + snapshot.topics().size() + " topics, " + snapshot.procedures().size() + " procedures"));
        add(lines, PROCEDURE_COLUMNS, named("procedure", snapshot.procedures()), rows);
        add(lines, TOPIC_COLUMNS, named("topic", snapshot.topics()), rows);
        add(lines, SESSION_COLUMNS, snapshot.sessions(), rows);
        return lines.stream().limit(height).map(line -> line.cutTo(width)).toList();
    }

    private static void add(
            List<Line> lines, List<String> columns, List<Map<String, @Nullable Object>> rows, int most) {
        if (!rows.isEmpty()) {
            TextTable table = new TextTable(columns, rows.stream().limit(most).toList());
            lines.add(Line.of(""));
            lines.add(new Line(table.heading(), true));
            table.lines().forEach(line -> lines.add(Line.of(line)));
        }
    }

    /** Returns the rows with their URI under the name of its column. */
    private static List<Map<String, @Nullable Object>> named(String column, List<Map<String, @Nullable Object>> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, @Nullable Object> named = new LinkedHashMap<>(row);
                    named.put(column, row.get("uri"));
                    return named;
                })
                .toList();
    }
}
