package io.junctor.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads options that the command line does not set from environment variables. An empty variable is treated as not set: a
 * script or compose file that passes on an unset variable passes it on as empty. Immutable.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Map<String, String> VARIABLE_BY_OPTION = Map.of(
            "--log-level", "JUNCTOR_LOG",
            "--log-format", "JUNCTOR_LOG_FORMAT",
            "--audit", "JUNCTOR_AUDIT",
            "--audit-required", "JUNCTOR_AUDIT_REQUIRED");

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        String variable = argument instanceof OptionSpec option ? VARIABLE_BY_OPTION.get(option.longestName()) : null;
        String value = variable == null ? null : environment.get(variable);
        return value == null || value.isEmpty() ? null : value;
    }
}
