package io.junctor.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The scenarios that do not run on the routers of a cluster, each with the reason: cluster-exceptions.txt. Immutable. */
final class ClusterExceptions {
    /** Runs the listed scenarios, too: to see which ones pass. */
    private static final String ALL_PROPERTY = "wamp.cluster.all";

    /** The list. */
    static final ClusterExceptions LISTED = read();

    private final Map<String, String> reasonByScenario;

    private ClusterExceptions(Map<String, String> reasonByScenario) {
        this.reasonByScenario = Map.copyOf(reasonByScenario);
    }

    boolean contains(Method scenario) {
        String name = scenario.getDeclaringClass().getSimpleName() + "." + scenario.getName();
        return !Boolean.getBoolean(ALL_PROPERTY) && reasonByScenario.containsKey(name);
    }

    /** The reasons by {@code Class.method}. */
    Map<String, String> reasonByScenario() {
        return reasonByScenario;
    }

    private static ClusterExceptions read() {
        Map<String, String> reasons = new TreeMap<>();
        try (InputStream in =
                Objects.requireNonNull(ClusterExceptions.class.getResourceAsStream("cluster-exceptions.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] cells = line.split("\\|", 2);
                        reasons.put(cells[0].strip(), cells[1].strip());
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ClusterExceptions(reasons);
    }
}
