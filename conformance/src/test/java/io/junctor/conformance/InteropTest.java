package io.junctor.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.conformance.ForeignClient.Language;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.ListenException;
import io.junctor.server.RouterServer;
import io.junctor.wamp.value.Serializer;
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
    private final InteropMeeting meeting = new InteropMeeting();
    private @Nullable JavaInteropClient driver;
    private @Nullable RouterServer server;
    private final Router router = Router.open(RouterConfig.builder()
            .listener(ListenerConfig.of("127.0.0.1", 0))
            .realm(RealmConfig.open("realm1"))
            .build());

    @AfterEach
    void endWhatIsLeft() {
        meeting.close();
        if (driver != null) {
            driver.close();
        }
        if (server != null) {
            server.close();
        }
        router.close();
    }

    @TestFactory
    Stream<DynamicTest> clientsUseTheRouterAloneAndTogether() throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        String url = "ws://127.0.0.1:" + listen() + ListenerConfig.DEFAULT_PATH;
        driver = JavaInteropClient.join("driver", url, Serializer.MSGPACK);
        driver.offerToRepeat();
        for (Serializer serializer : Serializer.values()) {
            String wireName = serializer.name().toLowerCase(Locale.ROOT);
            meeting.add(JavaInteropClient.join("java_" + wireName, url, serializer));
            Stream.of(ForeignClient.values())
                    .filter(client -> !lacking.containsKey(client.language()))
                    .forEach(client -> meeting.add(client.start(url, wireName)));
        }
        Stream<DynamicTest> skipped = lacking.entrySet().stream()
                .map(lack -> dynamicTest(lack.getKey() + " clients", () -> assumeTrue(false, lack.getValue())));
        return Stream.concat(skipped, meeting.tests().stream());
    }

    private int listen() throws ListenException {
        server = RouterServer.serve(router);
        return server.listeners().getFirst().port();
    }
}
