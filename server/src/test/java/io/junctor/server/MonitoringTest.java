package io.junctor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The dashboard and the alert rules in {@code docker} against the metrics of a router. */
@Timeout(120)
class MonitoringTest {
    private static final Path DOCKER = Path.of("..", "docker");
    private static final Pattern METRIC = Pattern.compile("\\b(junctor|jvm|process|system)_[a-z0-9_]+");
    private static final Pattern NAME = Pattern.compile("(?m)^([a-z_][a-z0-9_]*)[{ ]");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+) .*\\S$");
    private static final Pattern LABEL = Pattern.compile("(?m)^junctor_[a-z0-9_]+\\{(\\w+)=\"");
    private static final Pattern REALM_LABELS = Pattern.compile("(?m)^junctor_realm_[a-z0-9_]+\\{([^}]*)}");

    private static final RouterConfig CONFIG = RouterConfig.builder()
            .listener(ListenerConfig.of("127.0.0.1", 0))
            .realm(RealmConfig.open("realm1"))
            .build();

    @Test
    void theDashboardAndTheAlertsUseMetricsThatExist() throws Exception {
        Set<String> used = new TreeSet<>(metrics(alertExpressions()));
        used.addAll(metrics(dashboardExpressions()));
        assertThat(used).hasSizeGreaterThan(40);
        try (RouterServer router = RouterServer.start(CONFIG)) {
            System.gc();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(names(scrape(router))).containsAll(used));
        }
    }

    @Test
    void eachMetricOfTheRouterHasAHelpLine() throws Exception {
        try (RouterServer router = RouterServer.start(CONFIG)) {
            String page = scrape(router);
            Set<String> described = matches(HELP, page, 1);
            assertThat(names(page).stream().filter(name -> name.startsWith("junctor_")))
                    .hasSizeGreaterThan(50)
                    .allSatisfy(name -> assertThat(described).contains(name));
        }
    }

    @Test
    void metricsOfTheRouterHaveNoLabelThatAClientCouldChoose() throws Exception {
        try (RouterServer router = RouterServer.start(CONFIG)) {
            String page = scrape(router);
            assertThat(matches(LABEL, page, 1)).containsExactlyInAnyOrder("transport", "realm");
            assertThat(matches(REALM_LABELS, page, 1))
                    .contains("realm=\"realm1\"")
                    .allMatch(labels -> labels.matches("realm=\"realm1\"(,type=\"[a-z]+\")?"));
        }
    }

    @Test
    void eachAlertHasASeverityAndSaysWhatIsWrong() throws Exception {
        assertThat(alerts()).hasSizeGreaterThan(5).allSatisfy(rule -> {
            assertThat(map(rule, "labels").get("severity")).isIn("critical", "warning");
            assertThat(map(rule, "annotations")).containsOnlyKeys("summary", "description");
        });
    }

    @Test
    void eachAlertStandsInTheOperatingPage() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "operating.md"));
        assertThat(alerts()).allSatisfy(rule -> assertThat(page).contains("`" + rule.get("alert") + "`"));
    }

    private static Set<String> metrics(Stream<String> expressions) {
        return expressions.flatMap(text -> matches(METRIC, text, 0).stream()).collect(Collectors.toSet());
    }

    private static Set<String> names(String page) {
        return matches(NAME, page, 1);
    }

    private static Set<String> matches(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .collect(Collectors.toSet());
    }

    private static Stream<String> alertExpressions() throws IOException {
        return alerts().stream().map(rule -> String.valueOf(rule.get("expr")));
    }

    private static List<Map<String, Object>> alerts() throws IOException {
        return maps(yaml(DOCKER.resolve("prometheus/alerts.yml")).get("groups"))
                .flatMap(group -> maps(group.get("rules")))
                .toList();
    }

    private static Stream<String> dashboardExpressions() throws IOException {
        return maps(yaml(DOCKER.resolve("grafana/dashboards/junctor.json")).get("panels"))
                .filter(panel -> panel.containsKey("targets"))
                .flatMap(panel -> maps(panel.get("targets")))
                .map(target -> String.valueOf(target.get("expr")));
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        return map(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    }

    private static Stream<Map<String, Object>> maps(Object list) {
        return ((Collection<?>) list).stream().map(MonitoringTest::map);
    }

    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        return map(parent.get(key));
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> typed = new HashMap<>();
        ((Map<?, ?>) value).forEach((key, entry) -> typed.put(String.valueOf(key), entry));
        return typed;
    }

    private static String scrape(RouterServer router) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(
                    "http://127.0.0.1:" + router.listeners().getFirst().port() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
