package io.junctor.server.yaml;

import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.cluster.ClusterConfig;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The result of reading a configuration file. */
public sealed interface ConfigResult permits ConfigResult.Valid, ConfigResult.Invalid {
    /** The reason why a router cannot serve clients with a file without listeners; the name of the file precedes this text. */
    String NO_LISTENER = "has no listener, so no client could connect: give 'listen' one";

    /**
     * The file has no errors.
     *
     * @param config the configuration of the router
     * @param cluster the cluster that the router belongs to, or null
     * @param warnings entries that are valid but probably not meant, in the order of the file
     */
    record Valid(RouterConfig config, @Nullable ClusterConfig cluster, List<Diagnostic> warnings)
            implements ConfigResult {
        /** Copies the list. */
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The file has errors.
     *
     * @param errors all errors in the order of the file, at least one
     */
    record Invalid(List<Diagnostic> errors) implements ConfigResult {
        /** Copies the list. */
        public Invalid {
            errors = List.copyOf(errors);
        }
    }

    /**
     * Returns the configuration of the router.
     *
     * @throws IllegalArgumentException if the file has errors; the message has one line for each
     */
    default RouterConfig orThrow() {
        return switch (this) {
            case Valid valid -> valid.config();
            case Invalid invalid ->
                throw new IllegalArgumentException(
                        invalid.errors().stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        };
    }
}
