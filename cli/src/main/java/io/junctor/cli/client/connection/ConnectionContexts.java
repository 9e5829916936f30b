package io.junctor.cli.client.connection;

import io.junctor.cli.client.process.CommandException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The contexts, which are named settings of connections, and the name of the current context, which commands use by default. Immutable.
 *
 * @param current the name of the current context, or null
 * @param byName the settings by name, sorted
 */
public record ConnectionContexts(@Nullable String current, Map<String, Map<ConnectionSetting, String>> byName) {
    /** No contexts. */
    static final ConnectionContexts NONE = new ConnectionContexts(null, Map.of());

    /** Copies the contexts. */
    public ConnectionContexts {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /** Returns these contexts with an additional one, which replaces a context of the same name. */
    public ConnectionContexts with(String name, Map<ConnectionSetting, String> settings) {
        Map<String, Map<ConnectionSetting, String>> more = new TreeMap<>(byName);
        more.put(name, settings);
        return new ConnectionContexts(current, more);
    }

    /** Returns these contexts without the context of this name. */
    public ConnectionContexts without(String name) {
        checked(name);
        Map<String, Map<ConnectionSetting, String>> fewer = new TreeMap<>(byName);
        fewer.remove(name);
        return new ConnectionContexts(name.equals(current) ? null : current, fewer);
    }

    /** Returns these contexts with another current context; null for none. */
    public ConnectionContexts using(@Nullable String name) {
        if (name != null) {
            checked(name);
        }
        return new ConnectionContexts(name, byName);
    }

    /** Returns the settings of the context {@code name}; if {@code name} is null, of the current context, or no settings. */
    Map<ConnectionSetting, String> settings(@Nullable String name) {
        String used = name == null ? current : name;
        return used == null ? Map.of() : checked(used);
    }

    private Map<ConnectionSetting, String> checked(String name) {
        Map<ConnectionSetting, String> settings = byName.get(name);
        if (settings == null) {
            throw CommandException.usage("there is no context '" + name + "'; "
                    + (byName.isEmpty()
                            ? "'junctor context add' makes one"
                            : "there are " + String.join(", ", byName.keySet())));
        }
        return settings;
    }
}
