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
 * <p>The sources in order of precedence: the options; the context that {@code --context} or {@code JUNCTOR_CONTEXT} names; the
 * environment variables; the current context. If {@code --url} or {@code JUNCTOR_URL} names another router,
 * the current context has no effect, so that its secret is not sent to that router.
 */
public final class ConnectionSettings {
    /** The address of a router that was started without a configuration. */
    public static final String DEFAULT_URL = "ws://127.0.0.1:8080/ws";

    private final Map<ConnectionSetting, String> values;

    /** Creates settings with these values only. */
    public ConnectionSettings(Map<ConnectionSetting, String> values) {
        this.values = new EnumMap<>(ConnectionSetting.class);
        this.values.putAll(values);
    }

    /**
     * Returns the settings of a command.
     *
     * @param options the settings of the command line
     * @param context the name in {@code --context}, or null
     * @throws CommandException if there is no such context, or the file of contexts cannot be read
     */
    public static ConnectionSettings of(
            Map<ConnectionSetting, String> options, @Nullable String context, CommandEnvironment environment) {
        Map<ConnectionSetting, String> variables = variables(environment);
        String named = context == null ? environment.variable("JUNCTOR_CONTEXT") : context;
        boolean isElsewhere =
                options.containsKey(ConnectionSetting.URL) || variables.containsKey(ConnectionSetting.URL);
        Map<ConnectionSetting, String> all = new EnumMap<>(ConnectionSetting.class);
        if (named != null) {
            all.putAll(variables);
            all.putAll(ContextFile.of(environment).read().settings(named));
        } else {
            all.putAll(
                    isElsewhere ? Map.of() : ContextFile.of(environment).read().settings(null));
            all.putAll(variables);
        }
        all.putAll(options);
        return new ConnectionSettings(all);
    }

    private static Map<ConnectionSetting, String> variables(CommandEnvironment environment) {
        Map<ConnectionSetting, String> variables = new EnumMap<>(ConnectionSetting.class);
        for (ConnectionSetting setting : ConnectionSetting.values()) {
            String value = setting.variable() == null ? null : environment.variable(setting.variable());
            if (value != null) {
                variables.put(setting, value);
            }
        }
        return variables;
    }

    /** Returns the value of a setting. */
    public Optional<String> value(ConnectionSetting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /** Returns the address of the router. */
    public String url() {
        return values.getOrDefault(ConnectionSetting.URL, DEFAULT_URL);
    }

    /** Returns the realm to join. */
    public String realm() {
        return values.getOrDefault(ConnectionSetting.REALM, "realm1");
    }

    /** Returns all settings that have a value. */
    Map<ConnectionSetting, String> values() {
        return Map.copyOf(values);
    }
}
