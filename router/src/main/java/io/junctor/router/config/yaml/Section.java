package io.junctor.router.config.yaml;

import io.junctor.router.config.RouterConfig;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map of the file whose keys are known; reports all others when it is opened. */
final class Section {
    private final Value whole;
    private final Map<String, Value.Entry> entries;

    private Section(Value whole, Map<String, Value.Entry> entries) {
        this.whole = whole;
        this.entries = entries;
    }

    static @Nullable Section of(Value value, Shape<?> shape) {
        Map<String, Value.Entry> entries = value.entries(shape.expected());
        if (entries == null) {
            return null;
        }
        entries.forEach((key, entry) -> {
            if (!shape.keyNames().contains(key)) {
                value.findings().add(entry.key().getStartMark(), unknown(key, shape));
            }
        });
        return new Section(value, entries);
    }

    private static String unknown(String key, Shape<?> shape) {
        String excuse = shape.notOffered().get(key);
        if (excuse != null) {
            return excuse;
        }
        String hint = Nearest.hint(key, shape.keyNames());
        return "unknown key '" + key + "'"
                + (hint.isEmpty() ? "; known here: " + String.join(", ", shape.keyNames()) : hint);
    }

    /** The key of this section in the map around it. */
    String name() {
        return whole.name();
    }

    /** Reports a mistake about the section as a whole. */
    void reject(String text) {
        whole.reject(text);
    }

    /** Reports about the section as a whole what is wrong with the configuration, once it is read without mistakes. */
    void rejectLater(Function<RouterConfig, @Nullable String> problem) {
        whole.rejectLater(problem);
    }

    boolean has(Key<?> key) {
        return entries.containsKey(key.name());
    }

    /** What the key has; where it is missing or wrong, which is reported, null. */
    <T> @Nullable T get(Key.Needed<T> key) {
        Value.Entry entry = entries.get(key.name());
        if (entry == null) {
            reject(whole.label() + " needs the key '" + key.name() + "'");
            return null;
        }
        return key.kind().read(entry.value());
    }

    /** What the key has; its default where it is missing, or wrong, which is reported. */
    <T> T get(Key.Defaulted<T> key) {
        T value = find(key);
        return value == null ? key.fallback() : value;
    }

    /** What the key has; its default where it is missing; where it is wrong, which is reported, null. */
    <T> @Nullable T find(Key.Defaulted<T> key) {
        Value.Entry entry = entries.get(key.name());
        return entry == null ? key.fallback() : key.kind().read(entry.value());
    }

    /** What the key has; where it is missing, or wrong, which is reported, null. */
    <T> @Nullable T get(Key.Spare<T> key) {
        Value.Entry entry = entries.get(key.name());
        return entry == null ? null : key.kind().read(entry.value());
    }
}
