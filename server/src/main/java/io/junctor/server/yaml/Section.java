package io.junctor.server.yaml;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map with known keys; a {@link KeyTable} makes it.
 *
 * @param <T> the Java type of the section
 * @param expected describes the section after "must be"
 * @param keys the known keys
 * @param checks report errors that concern several keys
 * @param builder makes the value of a section without errors
 */
record Section<T>(
        String expected,
        List<Key> keys,
        List<Consumer<SectionValues>> checks,
        Function<SectionValues, @Nullable T> builder)
        implements ValueType<T> {

    /** A key; its default is null if it is required or optional. */
    record Key(
            String name,
            ValueType<?> type,
            boolean isRequired,
            @Nullable Object defaultValue) {}

    @Override
    public @Nullable T read(YamlNode node) {
        int errors = node.document().errorCount();
        Map<String, YamlNode> entries = node.entries(expected);
        if (entries == null) {
            return null;
        }
        List<String> known = keys.stream().map(Key::name).toList();
        entries.forEach((name, entry) -> {
            if (!known.contains(name) && !isExtension(name, node)) {
                String hint = NearestWord.hint(name, known);
                entry.errorAtKey("unknown key '" + name + "'"
                        + (hint.isEmpty() ? "; known here: " + String.join(", ", known) : hint));
            }
        });
        SectionValues values = new SectionValues(node, entries, keys);
        checks.forEach(check -> check.accept(values));
        keys.stream().filter(Key::isRequired).forEach(key -> values.require(key.name()));
        return node.document().errorCount() == errors ? builder.apply(values) : null;
    }

    /** Keys of the root that begin with "x-" are ignored: they hold anchors. */
    private static boolean isExtension(String name, YamlNode node) {
        return node.name().isEmpty() && name.startsWith("x-");
    }
}
