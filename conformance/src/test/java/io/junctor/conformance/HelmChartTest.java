package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Helm chart: its values, and what {@code helm} makes of it where that is installed. */
@Timeout(120)
class HelmChartTest {
    private static final Path CHART =
            Path.of("..", "helm", "junctor").toAbsolutePath().normalize();
    private static final Pattern VALUE = Pattern.compile("\\.Values((?:\\.[A-Za-z]+)+)");

    @TempDir
    private Path directory;

    @Test
    void theTemplatesUseExactlyTheValuesThatThereAre() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> templates = Files.list(CHART.resolve("templates"))) {
            for (Path template : templates.toList()) {
                VALUE.matcher(Files.readString(template))
                        .results()
                        .forEach(match -> used.add(match.group(1).substring(1)));
            }
        }
        Set<String> known = new TreeSet<>();
        leaves("", values(), known);
        assertThat(used)
                .allSatisfy(name ->
                        assertThat(known).anyMatch(value -> value.equals(name) || value.startsWith(name + ".")));
        assertThat(known)
                .allSatisfy(
                        value -> assertThat(used).anyMatch(name -> value.equals(name) || value.startsWith(name + ".")));
    }

    @Test
    void theRouterReadsTheConfigurationOfTheValues() throws IOException {
        Path file = Files.writeString(directory.resolve("realms.yaml"), (String) values().get("realms"));
        assertThat(ConfigFile.read(file)).isInstanceOfSatisfying(ConfigResult.Valid.class, valid -> {
            ListenerConfig listener = valid.config().listeners().getFirst();
            assertThat(listener.port()).isEqualTo(values().get("port"));
            assertThat(listener.host()).isEqualTo("0.0.0.0");
        });
    }

    @Test
    void theAlertsOfTheChartAreThoseOfPrometheus() throws IOException {
        assertThat(CHART.resolve("alerts.yml"))
                .hasSameTextualContentAs(CHART.resolve("../../docker/prometheus/alerts.yml"));
    }

    @Test
    void helmFindsNothingWrongInTheChart() throws Exception {
        assertThat(helm("lint", "--strict", CHART.toString())).contains("0 chart(s) failed");
    }

    @Test
    void helmRendersAPodThatIsNotRootAndTellsItsHealth() throws Exception {
        Map<?, ?> deployment = rendered("Deployment");
        Map<?, ?> pod = at(deployment, "spec", "template", "spec");
        assertThat(at(pod, "securityContext").get("runAsNonRoot")).isEqualTo(true);
        Map<?, ?> container = (Map<?, ?>) ((List<?>) pod.get("containers")).getFirst();
        assertThat(at(container, "securityContext").get("readOnlyRootFilesystem"))
                .isEqualTo(true);
        assertThat(at(container, "readinessProbe", "httpGet").get("path")).isEqualTo("/health/ready");
        assertThat(at(container, "livenessProbe", "httpGet").get("path")).isEqualTo("/health/live");
    }

    @Test
    void helmRendersWhatIsOffByDefaultToo() throws Exception {
        String[] on = {
            "--set",
                    "ingress.enabled=true,ingress.tlsSecret=cert,serviceMonitor.enabled=true,prometheusRule.enabled=true",
            "--set", "secretFiles[0].secret=junctor-tls,secretFiles[0].directory=tls,secretEnvironment[0]=tickets"
        };
        assertThat(at(rendered("Ingress", on), "metadata").get("name")).isEqualTo("router");
        assertThat(at(rendered("ServiceMonitor", on), "spec").get("endpoints")).isNotNull();
        assertThat(at(rendered("PrometheusRule", on), "spec").get("groups")).isNotNull();
    }

    private static Map<?, ?> rendered(String kind, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("template", "router", CHART.toString(), "--kube-version", "1.30.0"));
        arguments.addAll(List.of(options));
        Iterable<Object> documents =
                new Load(LoadSettings.builder().build()).loadAllFromString(helm(arguments.toArray(new String[0])));
        return StreamSupport.stream(documents.spliterator(), false)
                .filter(document -> document instanceof Map<?, ?> map && kind.equals(map.get("kind")))
                .map(document -> (Map<?, ?>) document)
                .findFirst()
                .orElseThrow();
    }

    private static String helm(String... arguments) throws Exception {
        boolean isInstalled = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "helm")));
        assumeTrue(isInstalled, "helm is not installed");
        List<String> command = new ArrayList<>(List.of("helm"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static Map<?, ?> values() {
        try {
            return (Map<?, ?>) new Load(LoadSettings.builder().build())
                    .loadFromString(Files.readString(CHART.resolve("values.yaml")));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Map<?, ?> at(Map<?, ?> map, String... keys) {
        Map<?, ?> current = map;
        for (String key : keys) {
            current = (Map<?, ?>) current.get(key);
        }
        return current;
    }

    /** The names of all values that are not maps with entries, joined by dots. */
    private static void leaves(String before, Map<?, ?> map, Set<String> names) {
        map.forEach((key, value) -> {
            String name = before + key;
            if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                leaves(name + ".", inner, names);
            } else {
                names.add(name);
            }
        });
    }
}
