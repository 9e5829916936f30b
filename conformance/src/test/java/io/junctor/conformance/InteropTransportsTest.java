package io.junctor.conformance;

import static io.junctor.conformance.ForeignClient.AUTOBAHN_JS;
import static io.junctor.conformance.ForeignClient.AUTOBAHN_PYTHON;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.conformance.ForeignClient.Language;
import io.junctor.router.config.KeyFiles;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.TlsConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.server.RouterServer;
import io.junctor.testkit.TestCertificate;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Clients of other languages over the transports besides WebSocket that their libraries have. */
@Tag("interop")
class InteropTransportsTest {
    private static final String DENIED = "wamp.error.authentication_denied";
    private static final HistoryTopic HISTORY =
            new HistoryTopic(new Uri("interop.history."), MatchPolicy.PREFIX, 100, Duration.ofHours(1), 1 << 20);

    /** A client, the name of its transport, its URL and its serialization. */
    private record Access(ForeignClient client, String transport, String url, String serializer) {
        @Override
        public String toString() {
            return client + " over " + transport + " with " + serializer;
        }
    }

    @TempDir
    private Path directory;

    private final InteropMeeting meeting = new InteropMeeting();
    private final Collection<AutoCloseable> opened = new ArrayList<>();
    private Map<Language, String> lacking = Map.of();

    @BeforeEach
    void install() throws Exception {
        lacking = ForeignPackages.install();
    }

    @AfterEach
    void endWhatIsLeft() throws Exception {
        meeting.close();
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> clientsMeetClientsOverWebSocket() throws Exception {
        int port = listen(RealmConfig.open("realm1"), null);
        String webSocket = "ws://127.0.0.1:" + port + ListenerConfig.DEFAULT_PATH;
        JavaInteropClient driver = join("driver", webSocket);
        driver.offerToRepeat();
        meeting.add(join("java_websocket", webSocket));
        start(new Access(AUTOBAHN_JS, "websocket", webSocket, "json"));
        accesses(port).forEach(this::start);
        start(new Access(AUTOBAHN_PYTHON, "rawsocket", rawSocket(port), "json"));
        start(new Access(AUTOBAHN_PYTHON, "rawsocket", rawSocket(port), "msgpack"));
        List<DynamicTest> tests = skipped();
        if (WebSocketBlockingProxy.isInstalled()) {
            WebSocketBlockingProxy proxy = WebSocketBlockingProxy.start(directory, port);
            opened.add(proxy);
            start(new Access(AUTOBAHN_JS, "longpoll_nginx", longPoll(proxy.port()), "json"));
        } else {
            tests.add(dynamicTest("long-poll through nginx", () -> assumeTrue(false, "nginx is not installed")));
        }
        tests.addAll(meeting.tests());
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> clientsUseTheirFeatures() throws Exception {
        RealmConfig realm = RealmConfig.open("realm1").toBuilder()
                .features(RealmFeatures.DEFAULT.withHistory(HISTORY))
                .build();
        int port = listen(realm, null);
        join("driver", "ws://127.0.0.1:" + port + ListenerConfig.DEFAULT_PATH).offerToTakePart();
        List<DynamicTest> tests = skipped();
        accesses(port)
                .filter(this::isPossible)
                .forEach(access -> tests.add(dynamicTest(
                        access.toString(),
                        () -> done(access.client()
                                .startFeatures(access.transport(), access.url(), access.serializer())))));
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> clientsLogIn() throws Exception {
        RealmConfig realm = UserRealms.realm(AuthMethod.WAMPCRA, new Credential.Secret(UserRealms.SECRET));
        KeyFiles.Pem files = TestCertificate.LOCALHOST.files();
        int plain = listen(realm, null);
        int encrypted = listen(realm, TlsConfig.of(files));
        List<DynamicTest> tests = skipped();
        List<String> right = List.of("wampcra", UserRealms.ANNA, UserRealms.SECRET, UserRealms.ANNA);
        List<String> wrong = List.of("wampcra", UserRealms.ANNA, "wrong", DENIED);
        List<String> tls = Stream.concat(
                        right.stream(),
                        Stream.of(
                                "realm1",
                                files.certificate().toString(),
                                files.certificate().toString(),
                                files.key().toString()))
                .toList();
        for (Access access : accesses(plain).toList()) {
            tests.add(login(access, right));
            tests.add(login(access, wrong));
        }
        tests.add(login(new Access(AUTOBAHN_PYTHON, "rawsocket_tls", "rss://localhost:" + encrypted, "cbor"), tls));
        return tests.stream();
    }

    /** Each client with each transport that it has besides WebSocket. */
    private static Stream<Access> accesses(int port) {
        return Stream.of(
                new Access(AUTOBAHN_PYTHON, "rawsocket", rawSocket(port), "cbor"),
                new Access(AUTOBAHN_JS, "rawsocket", rawSocket(port), "json"),
                new Access(AUTOBAHN_JS, "longpoll", longPoll(port), "json"));
    }

    private static String rawSocket(int port) {
        return "rs://127.0.0.1:" + port;
    }

    private static String longPoll(int port) {
        return "http://127.0.0.1:" + port + ListenerConfig.DEFAULT_PATH;
    }

    private int listen(RealmConfig realm, @Nullable TlsConfig tls) throws Exception {
        RouterServer server = RouterServer.start(RouterConfig.builder()
                .listener(ListenerConfig.builder().port(0).tls(tls).build())
                .realm(realm)
                .build());
        opened.add(server);
        return server.listeners().getFirst().port();
    }

    private JavaInteropClient join(String name, String url) {
        JavaInteropClient client = JavaInteropClient.join(name, url, Serializer.MSGPACK);
        opened.add(client);
        return client;
    }

    private void start(Access access) {
        if (isPossible(access)) {
            meeting.add(access.client().start(access.transport(), access.url(), access.serializer()));
        }
    }

    private DynamicTest login(Access access, List<String> proof) {
        return dynamicTest(access + ": " + proof.get(3), () -> {
            assumeTrue(isPossible(access), "its packages are not installed");
            done(access.client().startLogin(access.url(), access.serializer(), proof));
        });
    }

    private static void done(ForeignClientProcess client) {
        try (client) {
            client.awaitDone();
        }
    }

    private boolean isPossible(Access access) {
        return !lacking.containsKey(access.client().language());
    }

    private List<DynamicTest> skipped() {
        List<DynamicTest> tests = new ArrayList<>();
        lacking.forEach((language, why) -> tests.add(dynamicTest(language + " clients", () -> assumeTrue(false, why))));
        return tests;
    }
}
