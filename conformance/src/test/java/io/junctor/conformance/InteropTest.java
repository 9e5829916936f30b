package io.junctor.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.conformance.ForeignClient.Language;
import io.junctor.router.Router;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.server.ListenFailure;
import io.junctor.server.RouterServer;
import io.junctor.wamp.value.Serializer;
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

/** Clients of other languages and the Java client, each with every serialization that it has, on one router. */
@Tag("interop")
class InteropTest {
    private final List<InteropClient> parts = new ArrayList<>();
    private final List<InteropClient> ready = new ArrayList<>();
    private @Nullable RouterServer server;
    private final Router router = Router.open(RouterConfig.builder()
            .listener(ListenerConfig.of("127.0.0.1", 0))
            .realm(RealmConfig.open("realm1"))
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
    Stream<DynamicTest> clientsUseTheRouterAloneAndTogether() throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        String url = "ws://127.0.0.1:" + listen() + ListenerConfig.DEFAULT_PATH;
        JavaInteropClient driver = JavaInteropClient.join("driver", url, Serializer.MSGPACK);
        driver.offerToRepeat();
        for (Serializer serializer : Serializer.values()) {
            String wireName = serializer.name().toLowerCase(Locale.ROOT);
            parts.add(JavaInteropClient.join("java_" + wireName, url, serializer));
            Stream.of(ForeignClient.values())
                    .filter(client -> !lacking.containsKey(client.language()))
                    .forEach(client -> parts.add(client.start(url, wireName)));
        }
        List<DynamicTest> tests = new ArrayList<>();
        lacking.forEach((language, why) -> tests.add(dynamicTest(language + " clients", () -> assumeTrue(false, why))));
        parts.forEach(part -> tests.add(dynamicTest(part + " alone", () -> beReady(part))));
        parts.forEach(part -> tests.add(dynamicTest(part + " calls all others", () -> meet(whereReady(part)))));
        parts.forEach(part -> tests.add(
                dynamicTest(part + " hears all others", () -> whereReady(part).awaitDone())));
        parts.forEach(part ->
                tests.add(dynamicTest(part + " leaves", () -> whereReady(part).leave())));
        parts.add(driver);
        return tests.stream();
    }

    private int listen() throws ListenFailure {
        server = RouterServer.serve(router);
        return server.listeners().getFirst().port();
    }

    private void beReady(InteropClient part) {
        part.awaitReady();
        ready.add(part);
    }

    private InteropClient whereReady(InteropClient part) {
        assumeTrue(ready.contains(part), part + " failed before");
        return part;
    }

    private void meet(InteropClient part) {
        part.meet(ready.stream()
                .filter(other -> other != part)
                .map(InteropClient::name)
                .toList());
    }
}
