package io.junctor.cli.migrate;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes maps, lists, texts, numbers and booleans as YAML: maps as blocks, except values that fit into one line. */
final class YamlWriter {
    private static final Pattern PLAIN =
            Pattern.compile("(?!(?i:true|false|null|yes|no|on|off)$)[A-Za-z]([A-Za-z0-9_./@-]*[A-Za-z0-9])?");
    private static final int LINE_CHARACTERS = 120;

    private final StringBuilder text = new StringBuilder();

    private YamlWriter() {}

    /** Returns the YAML of a map, with a line end at the end. */
    static String of(Map<String, Object> map) {
        YamlWriter yaml = new YamlWriter();
        yaml.block(map, 0, false);
        return yaml.text.toString();
    }

    private void block(Map<?, ?> map, int indent, boolean isFirstIndented) {
        boolean isIndented = isFirstIndented;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(" ".repeat(isIndented ? 0 : indent));
            isIndented = false;
            text.append(scalar(entry.getKey())).append(':');
            value(entry.getValue(), indent);
        }
    }

    private void value(Object value, int indent) {
        String flow = flow(value);
        boolean isShort = indent > 0 && indent + flow.length() < LINE_CHARACTERS;
        if (value instanceof Map<?, ?> map && !map.isEmpty() && !(isShort && isFlat(map.values()))) {
            text.append('\n');
            block(map, indent + 2, false);
        } else if (value instanceof List<?> list && !list.isEmpty() && !(isShort && isFlat(list))) {
            text.append('\n');
            items(list, indent + 2);
        } else {
            text.append(' ').append(flow).append('\n');
        }
    }

    private void items(List<?> list, int indent) {
        for (Object item : list) {
            text.append(" ".repeat(indent)).append("- ");
            String flow = flow(item);
            if (item instanceof Map<?, ?> map && (indent + flow.length() >= LINE_CHARACTERS || !isRule(map))) {
                block(map, indent + 2, true);
            } else {
                text.append(flow).append('\n');
            }
        }
    }

    /** Returns whether a map contains only scalars and lists of scalars. */
    private static boolean isRule(Map<?, ?> map) {
        return map.values().stream()
                .allMatch(value -> !(value instanceof Map) && !(value instanceof List<?> list && !isFlat(list)));
    }

    private static boolean isFlat(Iterable<?> values) {
        for (Object value : values) {
            if (value instanceof Map || value instanceof List) {
                return false;
            }
        }
        return true;
    }

    private static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "{}"
                    : map.entrySet().stream()
                            .map(entry -> scalar(entry.getKey()) + ": " + flow(entry.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(YamlWriter::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return scalar(value);
    }

    private static String scalar(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        String text = String.valueOf(value);
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    /** Returns a text in quotes. The text contains no variables, which the reader of realms.yaml would replace. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char character : text.replace("${", "$${").toCharArray()) {
            switch (character) {
                case '"', '\\' -> quoted.append('\\').append(character);
                case '\n' -> quoted.append("\\n");
                default ->
                    quoted.append(character < ' ' ? "\\x%02x".formatted((int) character) : String.valueOf(character));
            }
        }
        return quoted.append('"').toString();
    }
}
