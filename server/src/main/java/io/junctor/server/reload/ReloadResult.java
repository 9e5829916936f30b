package io.junctor.server.reload;

import io.junctor.server.yaml.Diagnostic;
import java.util.List;

/** The result of reading the configuration again. */
public sealed interface ReloadResult permits ReloadResult.Applied, ReloadResult.Refused {

    /**
     * The configuration of the file is in effect, except for settings that need a restart.
     *
     * @param changes the changed settings, by the names in the file, such as {@code realms.shop.roles}
     * @param restart the settings that differ but need a restart, by the same names
     * @param warnings entries that are valid but probably not meant, in the order of the file
     */
    record Applied(List<String> changes, List<String> restart, List<Diagnostic> warnings) implements ReloadResult {
        /** Copies the lists. */
        public Applied {
            changes = List.copyOf(changes);
            restart = List.copyOf(restart);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The router keeps its configuration.
     *
     * @param errors all errors of the file in its order, or why a listener cannot be opened; at least one
     */
    record Refused(List<Diagnostic> errors) implements ReloadResult {
        /** Copies the list. */
        public Refused {
            errors = List.copyOf(errors);
        }
    }
}
