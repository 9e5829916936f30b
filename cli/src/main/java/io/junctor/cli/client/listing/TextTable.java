package io.junctor.cli.client.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formats rows as a table with aligned columns. Columns in which no row has a value are left out. Immutable. */
public record TextTable(List<String> columns, List<? extends Map<String, ? extends @Nullable Object>> rows) {
    private static final String GAP = "  ";

    /** Returns the names of the columns. */
    public String heading() {
        return all().getFirst();
    }

    /** Returns the lines of the rows. */
    public List<String> lines() {
        return all().subList(1, rows.size() + 1);
    }

    private List<String> all() {
        List<String> shown = columns.stream()
                .filter(column -> rows.stream().anyMatch(row -> row.get(column) != null))
                .toList();
        List<List<String>> cells = new ArrayList<>();
        cells.add(shown.stream()
                .map(column -> column.toUpperCase(Locale.ROOT).replace('_', ' '))
                .toList());
        rows.forEach(row ->
                cells.add(shown.stream().map(column -> cell(row.get(column))).toList()));
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            int column = i;
            widths.add(cells.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0));
        }
        return cells.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(cell).append(" ".repeat(widths.get(i) - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case Boolean flag -> flag ? "*" : "";
            default -> value.toString();
        };
    }
}
