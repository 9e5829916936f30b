package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.junctor.client.Client;
import io.junctor.client.Membership;
import io.junctor.conformance.ForeignClient.Language;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.RouterServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients join again by themselves after the router was stopped and started. */
@Tag("interop")
class RestartTest {
    private static final int PATIENCE_SECONDS = 45;

    @Test
    @Row("SES-10")
    void allClientsComeBackAfterConnectionsWereClosed() throws Exception {
        restart(ShutdownNotice.CLOSE, List.of(ForeignClient.values()));
    }

    @Test
    @Row("SES-10")
    void theJavaClientAndAutobahnForPythonComeBackAfterGoodbye() throws Exception {
        restart(ShutdownNotice.GOODBYE, List.of(ForeignClient.AUTOBAHN_PYTHON));
    }

    private static void restart(ShutdownNotice shutdown, List<ForeignClient> clients) throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        assumeTrue(lacking.isEmpty(), lacking.toString());
        RouterServer first = RouterServer.start(config(0, shutdown));
        int port = port(first);
        String url = "ws://127.0.0.1:" + port + ListenerConfig.DEFAULT_PATH;
        Semaphore joins = new Semaphore(0);
        List<ForeignClientProcess> parts =
                clients.stream().map(client -> client.startReturning(url)).toList();
        try (Membership java = Client.builder(url).build().stayJoined(session -> joins.release())) {
            awaitJoin(joins);
            parts.forEach(ForeignClientProcess::awaitReady);
            first.close();
            try (RouterServer second = RouterServer.start(config(port, shutdown))) {
                assertThat(port(second)).isEqualTo(port);
                awaitJoin(joins);
                parts.forEach(ForeignClientProcess::awaitDone);
                assertThat(second.router().sessions()).isEqualTo(1 + parts.size());
                parts.forEach(ForeignClientProcess::leave);
            }
        } finally {
            parts.forEach(ForeignClientProcess::close);
            first.close();
        }
    }

    private static void awaitJoin(Semaphore joins) throws InterruptedException {
        assertThat(joins.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("client-java joined")
                .isTrue();
    }

    private static int port(RouterServer server) {
        return server.listeners().getFirst().port();
    }

    private static RouterConfig config(int port, ShutdownNotice shutdown) {
        return RouterConfig.builder()
                .listener(ListenerConfig.of("127.0.0.1", port))
                .realm(RealmConfig.open("realm1"))
                .shutdown(shutdown)
                .build();
    }
}
