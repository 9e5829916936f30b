package io.junctor.router.config.yaml;

import io.junctor.router.config.yaml.ConfigurationPage.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes the file to editors: shapes and ranges as the reader has them, meanings as the page has them. */
final class JsonSchemaOfFile {
    private static final String VARIABLE = "\\$\\{";

    private final Map<String, Map<String, Row>> page;

    JsonSchemaOfFile(Map<String, Map<String, Row>> page) {
        this.page = page;
    }

    String text() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "realms.yaml of Junctor");
        schema.putAll(describe("", RouterShape.SHAPE));
        return json(schema, "\n") + "\n";
    }

    private Map<String, Object> describe(String path, Kind<?> kind) {
        return switch (kind) {
            case Shape<?> shape -> section(path, shape);
            case Placing<?> placing -> describe(path, placing.kind());
            case ListOf<?> list ->
                ordered(
                        "type",
                        "array",
                        "items",
                        describe(path + "[]", list.element()),
                        "minItems",
                        list.least(),
                        "uniqueItems",
                        true);
            case NamedMap<?> map ->
                ordered(
                        "type",
                        List.of("object", "null"),
                        "additionalProperties",
                        describe(path + ".NAME", map.kind()));
            case Word<?> word ->
                orVariable(ordered("enum", List.copyOf(word.meaningByWord().keySet())));
            case Scalar<?> scalar -> single(scalar);
        };
    }

    private static Map<String, Object> single(Scalar<?> scalar) {
        return switch (scalar) {
            case Text text -> ordered("type", "string");
            case Flag flag -> orVariable(ordered("type", "boolean"));
            case SecretText secret -> ordered("type", "string");
            case NetworkText network -> ordered("type", "string");
            case WholeNumber number ->
                orVariable(ordered("type", "integer", "minimum", number.least(), "maximum", number.most()));
            case Size size ->
                ordered(
                        "anyOf",
                        List.of(
                                ordered("type", "integer", "minimum", size.leastBytes(), "maximum", size.mostBytes()),
                                pattern("^[0-9]+(KiB|MiB|GiB)$|" + VARIABLE)));
            case Span span -> pattern("^[0-9]+(ms|s|m|h)$|" + VARIABLE);
        };
    }

    private Map<String, Object> section(String path, Shape<?> shape) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Key<?> key : shape.keys()) {
            String inner = path.isEmpty() ? key.name() : path + "." + key.name();
            Map<String, Object> property =
                    ordered("description", page.get(path).get(key.name()).meaning());
            property.putAll(describe(inner, key.kind()));
            properties.put(key.name(), property);
        }
        List<String> needed = shape.keys().stream()
                .filter(key -> key instanceof Key.Needed<?>)
                .<String>map(Key::name)
                .toList();
        return ordered(
                "type",
                List.of("object", "null"),
                "additionalProperties",
                false,
                "required",
                needed,
                "properties",
                properties);
    }

    private static Map<String, Object> orVariable(Map<String, Object> schema) {
        return ordered("anyOf", List.of(schema, pattern(VARIABLE)));
    }

    private static Map<String, Object> pattern(String pattern) {
        return ordered("type", "string", "pattern", pattern);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static String json(Object value, String line) {
        String inner = line + "  ";
        return switch (value) {
            case Map<?, ?> map when map.isEmpty() -> "{}";
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> inner + quoted(entry.getKey()) + ": " + json(entry.getValue(), inner))
                        .collect(Collectors.joining(",", "{", line + "}"));
            case List<?> list ->
                list.stream().map(element -> json(element, inner)).collect(Collectors.joining(", ", "[", "]"));
            case String text -> quoted(text);
            default -> value.toString();
        };
    }

    private static String quoted(Object text) {
        return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
