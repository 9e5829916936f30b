package io.junctor.server.yaml;

import io.junctor.server.yaml.ConfigurationPage.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the JSON Schema: types and ranges from the tables of keys, descriptions from docs/configuration.md. */
final class JsonSchemaOfFile {
    private final Map<String, Map<String, Row>> page;

    JsonSchemaOfFile(Map<String, Map<String, Row>> page) {
        this.page = page;
    }

    String text() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "realms.yaml of Junctor");
        schema.putAll(describe("", RouterSection.SECTION));
        schema.put("patternProperties", Map.of("^x-", Map.of()));
        return json(schema, "\n") + "\n";
    }

    private Map<String, Object> describe(String path, ValueType<?> type) {
        return switch (type) {
            case SectionType<?> section -> section(path, section);
            case ValueType.ListOf<?> list ->
                ordered(
                        "type",
                        "array",
                        "items",
                        describe(path + "[]", list.element()),
                        "minItems",
                        list.minElements(),
                        "uniqueItems",
                        true);
            case ValueType.MapOf<?, ?> map ->
                ordered(
                        "type",
                        List.of("object", "null"),
                        "additionalProperties",
                        describe(path + ".NAME", map.type()));
            case ValueType.Mapped<?, ?> mapped -> describe(path, mapped.type());
            case ScalarType<?> scalar -> scalar(scalar);
            case SecretType<?> secret -> Map.of("type", "string");
        };
    }

    private static Map<String, Object> scalar(ScalarType<?> type) {
        ScalarType.Range range = type.range();
        if (range != null) {
            return quantity(
                    range, String.join("|", new TreeSet<>(range.factorByUnit().keySet())));
        }
        return type.isText()
                ? Map.of("type", "string")
                : orVariable(type.words().isEmpty() ? Map.of("type", "boolean") : Map.of("enum", type.words()));
    }

    private static Map<String, Object> quantity(ScalarType.Range range, String units) {
        Map<String, Object> number = Map.of("type", "integer", "minimum", range.min(), "maximum", range.max());
        return switch (units) {
            case "" -> orVariable(number);
            case "|GiB|KiB|MiB" -> Map.of("anyOf", List.of(number, pattern("^[0-9]+(KiB|MiB|GiB)$|\\$\\{")));
            default -> pattern("^[0-9]+(ms|s|m|h)$|\\$\\{");
        };
    }

    private static Map<String, Object> orVariable(Map<String, Object> schema) {
        return Map.of("anyOf", List.of(schema, pattern("\\$\\{")));
    }

    private static Map<String, Object> pattern(String pattern) {
        return Map.of("type", "string", "pattern", pattern);
    }

    private Map<String, Object> section(String path, SectionType<?> section) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (SectionType.Key key : section.keys()) {
            String inner = path.isEmpty() ? key.name() : path + "." + key.name();
            Map<String, Object> property =
                    ordered("description", page.get(path).get(key.name()).meaning());
            sorted(describe(inner, key.type())).forEach((name, value) -> property.put((String) name, value));
            properties.put(key.name(), property);
        }
        List<String> required = section.keys().stream()
                .filter(SectionType.Key::isRequired)
                .map(SectionType.Key::name)
                .toList();
        return ordered(
                "type",
                List.of("object", "null"),
                "additionalProperties",
                false,
                "required",
                required,
                "properties",
                properties);
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
                sorted(map).entrySet().stream()
                        .map(entry -> inner + quoted(entry.getKey()) + ": " + json(entry.getValue(), inner))
                        .collect(Collectors.joining(",", "{", line + "}"));
            case List<?> list ->
                list.stream().map(element -> json(element, inner)).collect(Collectors.joining(", ", "[", "]"));
            case String text -> quoted(text);
            default -> value.toString();
        };
    }

    /** {@code Map.of} has no order. */
    private static Map<?, ?> sorted(Map<?, ?> map) {
        return map instanceof LinkedHashMap<?, ?> ? map : new TreeMap<>(map);
    }

    private static String quoted(Object text) {
        return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
