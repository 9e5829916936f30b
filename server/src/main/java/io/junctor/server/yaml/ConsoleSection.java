package io.junctor.server.yaml;

import io.junctor.router.config.ConsoleConfig;
import io.junctor.router.config.ConsoleConfig.Serving;
import java.util.List;
import java.util.Set;

/** The page for operators of a listener. */
final class ConsoleSection {
    private static final Set<String> RESERVED_PATHS = Set.of("/health", "/ready", "/metrics");

    private static final Key<Boolean> ENABLED = Key.withDefault("enabled", ScalarType.BOOLEAN, true);
    private static final Key<String> PATH = Key.withDefault(
            "path",
            ScalarType.matching(
                    "a path such as /console, other than /health, /ready and /metrics", ConsoleSection::isPath),
            ConsoleConfig.DEFAULT.path());
    private static final Key<String> ROLE = Key.optional(
            "role",
            ScalarType.nonBlank("the name of a role")
                    .onRead((node, role) ->
                            node.document().addConfigCheck(config -> JoinKeys.checkRole(role, config, node))));

    static final Section<ConsoleConfig> SECTION = Section.of(
            "a map such as { path: /console, role: operator }", List.of(ENABLED, PATH, ROLE), ConsoleSection::build);

    private ConsoleSection() {}

    private static boolean isPath(String path) {
        return ConsoleConfig.PATH.matcher(path).matches() && !RESERVED_PATHS.contains(path);
    }

    private static ConsoleConfig build(SectionValues values) {
        return new ConsoleConfig(
                values.get(ENABLED) ? Serving.ALWAYS : Serving.NEVER, values.get(PATH), values.find(ROLE));
    }
}
