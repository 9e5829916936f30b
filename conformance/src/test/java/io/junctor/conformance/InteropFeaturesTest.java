package io.junctor.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.conformance.ForeignClient.Language;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.server.RouterServer;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Clients of other languages use the features of the Advanced Profile that they have, see {@code interop/features.js}. */
@Tag("interop")
class InteropFeaturesTest {
    private static final HistoryTopic HISTORY =
            new HistoryTopic(new Uri("interop.history."), MatchPolicy.PREFIX, 100, Duration.ofHours(1), 1 << 20);

    private final List<InteropClient> parts = new ArrayList<>();
    private @Nullable RouterServer server;
    private final Router router = Router.open(RouterConfig.builder()
            .listener(ListenerConfig.of("127.0.0.1", 0))
            .realm(RealmConfig.open("realm1").toBuilder()
                    .features(RealmFeatures.DEFAULT.withHistory(HISTORY))
                    .build())
            .build());

    @AfterEach
    void endWhatIsLeft() {
        parts.forEach(InteropClient::close);
        if (server != null) {
            server.close();
        }
        router.close();
    }

    @TestFactory
    Stream<DynamicTest> clientsUseTheirFeatures() throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        server = RouterServer.serve(router);
        int port = server.listeners().getFirst().port();
        String url = "ws://127.0.0.1:" + port + ListenerConfig.DEFAULT_PATH;
        JavaInteropClient driver = JavaInteropClient.join("driver", url, Serializer.MSGPACK);
        driver.offerToTakePart();
        parts.add(driver);
        List<DynamicTest> tests = new ArrayList<>();
        lacking.forEach((language, why) -> tests.add(dynamicTest(language + " clients", () -> assumeTrue(false, why))));
        for (ForeignClient client : ForeignClient.values()) {
            if (!lacking.containsKey(client.language())) {
                for (Serializer serializer : Serializer.values()) {
                    String wireName = serializer.name().toLowerCase(Locale.ROOT);
                    tests.add(dynamicTest(client + " with " + wireName, () -> use(client, url, wireName)));
                }
            }
        }
        return tests.stream();
    }

    private void use(ForeignClient client, String url, String serializer) {
        ForeignClientProcess part = client.startFeatures(url, serializer);
        parts.add(part);
        part.awaitDone();
    }
}
