package io.junctor.conformance;

import static io.junctor.conformance.ForeignClient.AUTOBAHN_JS;
import static io.junctor.conformance.ForeignClient.AUTOBAHN_PYTHON;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.conformance.ForeignClient.Language;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.listener.KeyFiles;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.router.config.listener.UnixSocket;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.spi.Principal;
import io.junctor.server.RouterServer;
import io.junctor.testkit.SocketPaths;
import io.junctor.testkit.tls.TestCertificate;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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

    /** A router that listens on a port and on a Unix domain socket. */
    private record Reachable(int port, Path socket) {
        String webSocket() {
            return "ws://127.0.0.1:" + port + ListenerConfig.DEFAULT_PATH;
        }

        String rawSocket() {
            return "rs://127.0.0.1:" + port;
        }

        String longPoll() {
            return longPoll(port);
        }

        static String longPoll(int port) {
            return "http://127.0.0.1:" + port + ListenerConfig.DEFAULT_PATH;
        }

        /** Each client with each transport that it has besides WebSocket over TCP. */
        Stream<Access> accesses() {
            return Stream.of(
                    new Access(AUTOBAHN_PYTHON, "rawsocket", rawSocket(), "cbor"),
                    new Access(AUTOBAHN_PYTHON, "rawsocket_unix", "rs://unix:" + socket, "msgpack"),
                    new Access(AUTOBAHN_JS, "rawsocket", rawSocket(), "json"),
                    new Access(AUTOBAHN_JS, "rawsocket_unix", "rs://unix:" + socket, "json"),
                    new Access(AUTOBAHN_JS, "websocket_unix", "ws+unix:" + socket + ":/ws", "cbor"),
                    new Access(AUTOBAHN_JS, "longpoll", longPoll(), "json"));
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
        Reachable router = listen(RealmConfig.open("realm1"));
        join("driver", router.webSocket()).offerToRepeat();
        meeting.add(join("java_websocket", router.webSocket()));
        start(new Access(AUTOBAHN_JS, "websocket", router.webSocket(), "json"));
        router.accesses().forEach(this::start);
        start(new Access(AUTOBAHN_PYTHON, "rawsocket", router.rawSocket(), "json"));
        start(new Access(AUTOBAHN_PYTHON, "rawsocket", router.rawSocket(), "msgpack"));
        List<DynamicTest> tests = skipped();
        if (WebSocketBlockingProxy.isInstalled()) {
            WebSocketBlockingProxy proxy = WebSocketBlockingProxy.start(directory, router.port());
            opened.add(proxy);
            start(new Access(AUTOBAHN_JS, "longpoll_nginx", Reachable.longPoll(proxy.port()), "json"));
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
        Reachable router = listen(realm);
        join("driver", router.webSocket()).offerToTakePart();
        List<DynamicTest> tests = skipped();
        router.accesses()
                .filter(this::isPossible)
                .filter(access -> !access.transport().contains("unix"))
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
        Reachable plain = listen(realm);
        int encrypted = listen(realm, builder -> builder.port(0).tls(TlsConfig.of(files)))
                .listeners()
                .getFirst()
                .port();
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
        plain.accesses()
                .filter(access -> !access.transport().contains("unix"))
                .forEach(access -> tests.addAll(List.of(login(access, right), login(access, wrong))));
        tests.addAll(loginsByAccount());
        tests.add(login(new Access(AUTOBAHN_PYTHON, "rawsocket_tls", "rss://localhost:" + encrypted, "cbor"), tls));
        return tests.stream();
    }

    /** On a Unix domain socket the operating system says who a client is. */
    private List<DynamicTest> loginsByAccount() throws Exception {
        String user = System.getProperty("user.name");
        Principal account = new Principal(null, List.of(UserRealms.ROLE), null, Dict.EMPTY, new Credential.Proven());
        Reachable router = listen(UserRealms.realm(
                AuthMethodConfig.of(AuthMethod.UNIX, new AuthSource.Accounts(Map.of(user, account), Map.of(), null))));
        return router.accesses()
                .filter(access -> access.transport().contains("unix"))
                .map(access -> login(access, List.of("unix", user, "-", user)))
                .toList();
    }

    private Reachable listen(RealmConfig realm) throws Exception {
        Path socket = SocketPaths.next();
        RouterServer server =
                listen(realm, builder -> builder.port(0), builder -> builder.unixSocket(new UnixSocket(socket)));
        return new Reachable(server.listeners().getFirst().port(), socket);
    }

    @SafeVarargs
    private RouterServer listen(RealmConfig realm, UnaryOperator<ListenerConfig.Builder>... listeners)
            throws Exception {
        RouterConfig.Builder config = RouterConfig.builder().realm(realm);
        for (UnaryOperator<ListenerConfig.Builder> listener : listeners) {
            config.listener(listener.apply(ListenerConfig.builder()).build());
        }
        RouterServer server = RouterServer.start(config.build());
        opened.add(server);
        return server;
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
