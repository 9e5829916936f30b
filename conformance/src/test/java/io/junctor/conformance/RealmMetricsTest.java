package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.Result;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code /metrics} shows of each realm. */
@Timeout(120)
class RealmMetricsTest {
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(3);
    private static final Pattern REALM = Pattern.compile("junctor_realm_[a-z_]+\\{realm=\"([^\"]*)\"");
    private static final RealmTemplate TEMPLATE = new RealmTemplate(RealmConfig.open("tenant-{name}"), 10, IDLE);

    private static final class MetricsRouter extends HttpTestRouter {
        MetricsRouter() {
            super(config("one", "two"));
        }

        static RouterConfig config(String... realms) {
            RouterConfig.Builder config = RouterConfig.builder()
                    .listener(ListenerConfig.builder().port(0).build())
                    .template(TEMPLATE);
            for (String realm : realms) {
                config.realm(RealmConfig.open(realm));
            }
            return config.build();
        }

        Session join(String realm) {
            return Session.join(router.uri().toString(), realm);
        }

        String scrape() throws IOException, InterruptedException {
            return send(HttpRequest.newBuilder(URI.create(base() + "/metrics"))).body();
        }

        /** Lets the router sweep until these lines stand on the page. */
        void awaitLines(String... lines) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                router.clock().advance(SWEEP);
                assertThat(scrape().lines()).contains(lines);
            });
        }
    }

    private static void publish(Session session, String topic) {
        session.publish(topic, Args.NONE, PublishOptions.DEFAULT.acknowledged()).orElseThrow();
    }

    @Test
    void eachRealmHasItsOwnFigures() throws Exception {
        try (MetricsRouter router = new MetricsRouter();
                Session first = router.join("one");
                Session second = router.join("one");
                Session other = router.join("two")) {
            first.subscribe("topic", event -> {});
            first.register("procedure", invocation -> Args.NONE);
            second.call("procedure");
            publish(second, "topic");
            publish(second, "topic");
            publish(other, "topic");
            assertThatThrownBy(() -> other.call("procedure")).isInstanceOf(WampException.class);
            router.awaitLines(
                    "junctor_realm_sessions{realm=\"one\"} 2.0",
                    "junctor_realm_sessions{realm=\"two\"} 1.0",
                    "junctor_realm_sessions_joined_total{realm=\"one\"} 2.0",
                    "junctor_realm_subscriptions{realm=\"one\"} 1.0",
                    "junctor_realm_subscriptions{realm=\"two\"} 0.0",
                    "junctor_realm_registrations{realm=\"one\"} 1.0",
                    "junctor_realm_open_calls{realm=\"one\"} 0.0",
                    "junctor_realm_events_sent_total{realm=\"one\"} 2.0",
                    "junctor_realm_events_sent_total{realm=\"two\"} 0.0",
                    "junctor_realm_calls_failed_total{realm=\"one\"} 0.0",
                    "junctor_realm_calls_failed_total{realm=\"two\"} 1.0",
                    "junctor_realm_messages_received_total{realm=\"one\",type=\"publish\"} 2.0",
                    "junctor_realm_messages_received_total{realm=\"one\",type=\"call\"} 1.0",
                    "junctor_realm_messages_received_total{realm=\"one\",type=\"yield\"} 1.0",
                    "junctor_realm_messages_received_total{realm=\"two\",type=\"publish\"} 1.0");
        }
    }

    @Test
    void anOpenCallIsCountedUntilItEnds() {
        try (MetricsRouter router = new MetricsRouter();
                Session callee = router.join("one");
                Session caller = router.join("one")) {
            CompletableFuture<Args> answer = new CompletableFuture<>();
            callee.register("procedure", invocation -> answer.join());
            CompletableFuture<Result> result = caller.async().call("procedure");
            router.awaitLines("junctor_realm_open_calls{realm=\"one\"} 1.0");
            answer.complete(Args.NONE);
            result.join();
            router.awaitLines("junctor_realm_open_calls{realm=\"one\"} 0.0");
        }
    }

    @Test
    void theRealmsOfATemplateCountTogetherAndClientsAddNoSeries() throws Exception {
        try (MetricsRouter router = new MetricsRouter()) {
            Set<String> before = realms(router.scrape());
            assertThat(before).containsExactlyInAnyOrder("one", "two", "tenant-{name}");
            try (Session first = router.join("tenant-a");
                    Session second = router.join("tenant-b")) {
                publish(first, "topic");
                publish(second, "topic");
                router.awaitLines(
                        "junctor_realm_sessions{realm=\"tenant-{name}\"} 2.0",
                        "junctor_realm_messages_received_total{realm=\"tenant-{name}\",type=\"publish\"} 2.0");
                assertThat(realms(router.scrape())).isEqualTo(before);
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                router.router.clock().advance(SWEEP);
                assertThat(router.scrape().lines()).contains("junctor_realms 2.0");
            });
            try (Session third = router.join("tenant-a")) {
                publish(third, "topic");
                router.awaitLines(
                        "junctor_realm_sessions{realm=\"tenant-{name}\"} 1.0",
                        "junctor_realm_sessions_joined_total{realm=\"tenant-{name}\"} 3.0",
                        "junctor_realm_messages_received_total{realm=\"tenant-{name}\",type=\"publish\"} 3.0");
            }
        }
    }

    @Test
    void aReloadAddsAndRemovesTheSeriesOfRealms() throws Exception {
        try (MetricsRouter router = new MetricsRouter();
                Session session = router.join("one")) {
            publish(session, "topic");
            router.router.router().reload(MetricsRouter.config("one", "three"));
            assertThat(realms(router.scrape())).containsExactlyInAnyOrder("one", "three", "tenant-{name}");
            router.awaitLines("junctor_realm_messages_received_total{realm=\"one\",type=\"publish\"} 1.0");
        }
    }

    private static Set<String> realms(String page) {
        return REALM.matcher(page).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }
}
