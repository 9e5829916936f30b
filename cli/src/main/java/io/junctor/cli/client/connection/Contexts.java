package io.junctor.cli.client.connection;

import io.junctor.cli.client.process.CommandException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Named settings, and the name of the current context, which commands use by default. Immutable.
 *
 * @param current the name of the current context, or null
 * @param byName the settings by name, sorted
 */
public record Contexts(@Nullable String current, Map<String, Map<Setting, String>> byName) {
    /** No contexts. */
    static final Contexts NONE = new Contexts(null, Map.of());

    /** Copies the contexts. */
    public Contexts {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /** Returns these contexts with an additional one, which replaces a context of the same name. */
    public Contexts with(String name, Map<Setting, String> settings) {
        Map<String, Map<Setting, String>> more = new TreeMap<>(byName);
        more.put(name, settings);
        return new Contexts(current, more);
    }

    /** Returns these contexts without the context of this name. */
    public Contexts without(String name) {
        checked(name);
        Map<String, Map<Setting, String>> fewer = new TreeMap<>(byName);
        fewer.remove(name);
        return new Contexts(name.equals(current) ? null : current, fewer);
    }

    /** Returns these contexts with another current context; null for none. */
    public Contexts using(@Nullable String name) {
        if (name != null) {
            checked(name);
        }
        return new Contexts(name, byName);
    }

    /** Returns the settings of the context {@code name}; if {@code name} is null, of the current context, or no settings. */
    Map<Setting, String> settings(@Nullable String name) {
        String used = name == null ? current : name;
        return used == null ? Map.of() : checked(used);
    }

    private Map<Setting, String> checked(String name) {
        Map<Setting, String> settings = byName.get(name);
        if (settings == null) {
            throw CommandException.usage("there is no context '" + name + "'; "
                    + (byName.isEmpty()
                            ? "'junctor context add' makes one"
                            : "there are " + String.join(", ", byName.keySet())));
        }
        return settings;
    }
}
