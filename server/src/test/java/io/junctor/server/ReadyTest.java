package io.junctor.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.Router;
import io.junctor.router.cluster.Cluster;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.metrics.Gauge;
import io.junctor.router.metrics.LabeledCounter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code /ready} and {@code /metrics} tell of a cluster. */
@Timeout(60)
class ReadyTest {
    private static final RouterConfig CONFIG = RouterConfig.builder()
            .listener(ListenerConfig.of("127.0.0.1", 0))
            .realm(RealmConfig.open("realm1"))
            .build();

    /** A cluster of one router that says what the test wants. */
    private static final class Alone implements Cluster {
        private volatile @Nullable String problem = "no connection yet";

        @Override
        public @Nullable String problem() {
            return problem;
        }

        @Override
        public List<Gauge> gauges() {
            return List.of(new Gauge("cluster_routers", "routers", () -> 3));
        }

        @Override
        public List<LabeledCounter> counters() {
            return List.of(
                    new LabeledCounter("cluster_messages_sent", "messages", "traffic", "events", () -> 5),
                    new LabeledCounter("cluster_messages_sent", "messages", "traffic", "calls", () -> 7));
        }

        @Override
        public @Nullable RealmLink link(RealmConfig realm, RealmPort port) {
            return null;
        }
    }

    @Test
    void aRouterThatIsNotInSyncSaysWhy() throws Exception {
        Alone cluster = new Alone();
        try (RouterServer server = RouterServer.serve(Router.open(CONFIG, cluster))) {
            HttpResponse<String> ready = get(server, "/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(ready.body()).isEqualTo("{\"ready\":false,\"reason\":\"no connection yet\"}\n");
            assertThat(get(server, "/health").statusCode()).isEqualTo(200);
            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);

            cluster.problem = null;
            assertThat(get(server, "/ready").statusCode()).isEqualTo(200);
            assertThat(get(server, "/ready").body()).isEqualTo("{\"ready\":true}\n");
        }
    }

    @Test
    void aRouterWithoutClusterIsReady() throws Exception {
        try (RouterServer server = RouterServer.start(CONFIG)) {
            assertThat(get(server, "/ready").statusCode()).isEqualTo(200);
            assertThat(get(server, "/metrics").body()).doesNotContain("junctor_cluster");
        }
    }

    @Test
    void metricsOfTheClusterHaveTheirLabels() throws Exception {
        try (RouterServer server = RouterServer.serve(Router.open(CONFIG, new Alone()))) {
            // The registry may hold weakly what it asks for values.
            System.gc();
            assertThat(get(server, "/metrics").body())
                    .contains("junctor_cluster_routers 3.0\n")
                    .contains("junctor_cluster_messages_sent_total{traffic=\"events\"} 5.0\n")
                    .contains("junctor_cluster_messages_sent_total{traffic=\"calls\"} 7.0\n");
        }
    }

    private static HttpResponse<String> get(RouterServer server, String path) throws Exception {
        URI uri = server.listeners().getFirst().uri();
        URI asked = URI.create("http://" + uri.getAuthority() + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(asked).build(), BodyHandlers.ofString());
        }
    }
}
