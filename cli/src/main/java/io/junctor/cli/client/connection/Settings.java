package io.junctor.cli.client.connection;

import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.cli.client.process.CommandException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection. Immutable.
 *
 * <p>An option comes before the context that {@code --context} or {@code JUNCTOR_CONTEXT} names, that before the
 * environment variables, these before the current context. A {@code --url} or {@code JUNCTOR_URL} means another router: then
 * the current context has no effect, so that its secret is not sent there.
 */
public final class Settings {
    /** Where a router listens that was started without a configuration. */
    public static final String DEFAULT_URL = "ws://127.0.0.1:8080/ws";

    private final Map<Setting, String> values;

    /** These settings only. */
    public Settings(Map<Setting, String> values) {
        this.values = new EnumMap<>(Setting.class);
        this.values.putAll(values);
    }

    /**
     * The settings of a command.
     *
     * @param options those of the command line
     * @param context the name that {@code --context} gives, or null
     * @throws CommandException if there is no such context, or the file of contexts cannot be read
     */
    public static Settings of(Map<Setting, String> options, @Nullable String context, CommandEnvironment environment) {
        Map<Setting, String> variables = variables(environment);
        String named = context == null ? environment.variable("JUNCTOR_CONTEXT") : context;
        boolean isElsewhere = options.containsKey(Setting.URL) || variables.containsKey(Setting.URL);
        Map<Setting, String> all = new EnumMap<>(Setting.class);
        if (named != null) {
            all.putAll(variables);
            all.putAll(ContextFile.of(environment).read().settings(named));
        } else {
            all.putAll(
                    isElsewhere ? Map.of() : ContextFile.of(environment).read().settings(null));
            all.putAll(variables);
        }
        all.putAll(options);
        return new Settings(all);
    }

    private static Map<Setting, String> variables(CommandEnvironment environment) {
        Map<Setting, String> variables = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = setting.variable() == null ? null : environment.variable(setting.variable());
            if (value != null) {
                variables.put(setting, value);
            }
        }
        return variables;
    }

    /** The value of a setting. */
    public Optional<String> value(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /** Where the router listens. */
    public String url() {
        return values.getOrDefault(Setting.URL, DEFAULT_URL);
    }

    /** The realm to join. */
    public String realm() {
        return values.getOrDefault(Setting.REALM, "realm1");
    }

    /** All settings that have a value. */
    Map<Setting, String> values() {
        return Map.copyOf(values);
    }
}
