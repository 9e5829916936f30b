package io.junctor.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.conformance.ForeignClient.Language;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.RouterServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** WebSocket libraries of other languages, each with and without compression, on one listener. */
@Tag("interop")
class InteropWebSocketTest {
    private final List<ForeignClientProcess> clients = new ArrayList<>();
    private @Nullable RouterServer server;
    private final Router router = Router.open(RouterConfig.builder()
            .listener(ListenerConfig.builder().port(0).compression(true).build())
            .realm(RealmConfig.open("realm1"))
            .build());

    @AfterEach
    void endWhatIsLeft() {
        clients.forEach(ForeignClientProcess::close);
        if (server != null) {
            server.close();
        }
        router.close();
    }

    @TestFactory
    List<DynamicTest> librariesExchangeLargeMessages() throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        RouterServer opened = RouterServer.serve(router);
        server = opened;
        String url = "ws://127.0.0.1:" + opened.listeners().getFirst().port() + ListenerConfig.DEFAULT_PATH;
        Path python = ForeignPackages.directory().resolve("venv/bin/python");
        List<DynamicTest> tests = new ArrayList<>();
        for (String compression : List.of("compressed", "plain")) {
            tests.add(test(lacking, Language.NODE, List.of("node", "ws_messages.js", url, compression)));
            tests.add(test(
                    lacking, Language.PYTHON, List.of(python.toString(), "websockets_messages.py", url, compression)));
        }
        return tests;
    }

    private DynamicTest test(Map<Language, String> lacking, Language language, List<String> command) {
        String name = command.get(1) + " " + command.getLast();
        return dynamicTest(name, () -> {
            assumeTrue(!lacking.containsKey(language), () -> lacking.get(language));
            ForeignClientProcess client = ForeignClientProcess.start(name, ForeignPackages.directory(), command);
            clients.add(client);
            client.awaitReady();
        });
    }
}
