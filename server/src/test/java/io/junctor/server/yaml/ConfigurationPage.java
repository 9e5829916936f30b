package io.junctor.server.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables of docs/configuration.md by the path in the heading above them. */
final class ConfigurationPage {
    private static final String FIRST_HEADING = "## The file";

    private ConfigurationPage() {}

    /** A row of a table. */
    record Row(String fallback, String meaning) {}

    static Map<String, Map<String, Row>> read() throws IOException {
        Map<String, Map<String, Row>> sections = new LinkedHashMap<>();
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
            if (line.startsWith("## ")) {
                rows = new LinkedHashMap<>();
                sections.put(line.equals(FIRST_HEADING) ? "" : plain(line.substring(3)), rows);
            } else if (line.startsWith("| `")) {
                String[] cells = line.split("\\|", -1);
                rows.put(plain(cells[1]), new Row(plain(cells[2]), plain(cells[3])));
            }
        }
        return sections;
    }

    private static String plain(String markdown) {
        return markdown.replace("`", "").strip();
    }
}
