package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.cluster.NatsCluster;
import io.junctor.cluster.member.ClusterMember;
import io.junctor.conformance.ForeignClient.Language;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.cluster.ClusterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.RouterServer;
import io.junctor.testkit.process.NatsBinary;
import io.junctor.testkit.process.NatsServer;
import io.junctor.wamp.value.Serializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Clients of other languages and the Java client in turn on three routers, which a NATS server connects. */
@Tag("interop")
class InteropClusterTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int ROUTERS = 3;

    @TempDir
    private Path directory;

    private final InteropMeeting meeting = new InteropMeeting();
    /** Closed in reverse order. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private final List<String> urls = new ArrayList<>();
    private int clients;

    @BeforeAll
    static void needsServer() {
        NatsBinary.missing().ifPresent(Assumptions::abort);
    }

    @AfterEach
    void endWhatIsLeft() throws Exception {
        meeting.close();
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> clientsOnThreeRoutersUseEachOther() throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        NatsServer nats = NatsServer.start(directory);
        opened.push(nats);
        for (int i = 1; i <= ROUTERS; i++) {
            openRouter(nats, "router" + i);
        }
        JavaInteropClient driver = JavaInteropClient.join("driver", nextUrl(), Serializer.MSGPACK);
        opened.push(driver);
        driver.offerToRepeat();
        for (Serializer serializer : Serializer.values()) {
            String wireName = serializer.name().toLowerCase(Locale.ROOT);
            meeting.add(JavaInteropClient.join("java_" + wireName, nextUrl(), serializer));
            Stream.of(ForeignClient.values())
                    .filter(client -> !lacking.containsKey(client.language()))
                    .forEach(client -> meeting.add(client.start(nextUrl(), wireName)));
        }
        Stream<DynamicTest> skipped = lacking.entrySet().stream()
                .map(lack -> dynamicTest(lack.getKey() + " clients", () -> assumeTrue(false, lack.getValue())));
        return Stream.concat(skipped, meeting.tests().stream());
    }

    private void openRouter(NatsServer nats, String node) throws Exception {
        ClusterMember member = NatsCluster.of(
                ClusterConfig.builder("interop").node(node).server(nats.url()).build());
        opened.push(member);
        Router router = Router.open(
                RouterConfig.builder()
                        .listener(ListenerConfig.of("127.0.0.1", 0))
                        .realm(RealmConfig.open("realm1"))
                        .build(),
                member);
        opened.push(router);
        assertThat(member.awaitInSync(PATIENCE)).isTrue();
        RouterServer server = RouterServer.serve(router);
        opened.push(server);
        urls.add("ws://127.0.0.1:" + server.listeners().getFirst().port() + ListenerConfig.DEFAULT_PATH);
    }

    private String nextUrl() {
        return urls.get(clients++ % urls.size());
    }
}
