package io.junctor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.connection.transport.ConnectionLimit;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.turn.SystemTimers;
import io.junctor.router.turn.Workers;
import io.junctor.server.Listener;
import io.junctor.server.ListenerBinding;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the examples as a reader would, against a router of its own, and reads what they print. */
@Timeout(60)
class ExamplesTest {
    private final PrintStream standardOutput = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Workers workers = new Workers(() -> {});
    private final SystemTimers timers = new SystemTimers(workers);
    private Router router;
    private Listener listening;

    @BeforeEach
    void start() throws Exception {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        ListenerConfig listener = ListenerConfig.of("127.0.0.1", 0);
        router = Router.open(RouterConfig.builder()
                .listener(listener)
                .realm(RealmConfig.open("realm1"))
                .build());
        listening = ListenerBinding.bind(
                listener, new TransportContext(router, router.counters(), timers, new ConnectionLimit(100), List.of()));
    }

    @AfterEach
    void stop() {
        System.setOut(standardOutput);
        router.close();
        listening.close();
        timers.close();
        workers.close();
    }

    @Test
    void ordersAreTakenUntilThereIsNoMore() throws Exception {
        Thread service = Thread.ofVirtual().start(() -> OrderService.main(arguments()));
        await().until(() -> lines().contains("taking orders"));
        OrderCaller.main(arguments());
        router.close();
        service.join();
        assertThat(lines())
                .containsExactly(
                        "taking orders",
                        "order 1 placed, 6 left",
                        "order 2 placed, 2 left",
                        "shop.error.out_of_stock: not enough tea {left=2}",
                        "stopped: wamp.close.transport_lost");
    }

    @Test
    void sessionsOfTheProcessNeedNoListener() {
        EmbeddedRouter.main(new String[0]);
        assertThat(lines()).containsExactly("shop sells 3, 7 are left");
    }

    @Test
    void temperaturesAreShownAndHotOnesWarnedOf() throws Exception {
        Thread display = Thread.ofVirtual().start(() -> SensorDisplay.main(arguments()));
        await().until(() -> lines().contains("waiting for sensors"));
        Sensor.main(arguments("10", "1"));
        await().until(() ->
                lines().stream().filter(line -> line.startsWith("sensor")).count() == 10);
        await().until(() -> lines().contains("too hot!"));
        router.close();
        display.join();
        assertThat(lines()).anyMatch(line -> line.endsWith(": 20.0 C"));
    }

    @Test
    void theConfigurationOfTheChatHasNoMistake() {
        assertThat(ConfigFile.read(Path.of("chat", "realms.yaml"))).isInstanceOf(ConfigResult.Valid.class);
    }

    @Test
    void theRouterServesThePageOfTheChat() throws Exception {
        RouterConfig config = ConfigFile.read(Path.of("chat", "realms.yaml")).orThrow();
        ListenerConfig listener =
                config.listeners().getFirst().toBuilder().port(0).build();
        RouterConfig onFreePort = RouterConfig.builder()
                .listener(listener)
                .realms(config.realms())
                .build();
        try (RouterServer chat = RouterServer.start(onFreePort)) {
            URI page =
                    URI.create("http://127.0.0.1:" + chat.listeners().getFirst().port() + "/");
            assertThat(text(page)).contains("<title>Chat through Junctor</title>", "src=\"wamp.js\"");
            assertThat(text(page.resolve("wamp.js"))).contains("class WampSession");
        }
    }

    private static String text(URI uri) throws IOException {
        try (InputStream body = uri.toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String[] arguments(String... more) {
        String[] all = new String[more.length + 1];
        all[0] = listening.uri().toString();
        System.arraycopy(more, 0, all, 1, more.length);
        return all;
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
