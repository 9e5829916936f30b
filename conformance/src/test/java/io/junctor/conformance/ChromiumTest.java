package io.junctor.conformance;

import io.junctor.conformance.Chromium.Case;
import io.junctor.router.config.listener.KeyFiles;
import io.junctor.server.RouterServer;
import io.junctor.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Chromium opens the chat example, which a router serves, and uses it over each transport. */
@Tag("interop")
class ChromiumTest {
    private static final int PATIENCE_SECONDS = 120;
    private static final String BOTH_HEARD = "; open this page twice | annhello bobhi";

    @TempDir
    private Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> theChatPageWorksOrSaysWhyNot() throws Exception {
        return Chromium.installed().tests("chromium.js", List.of(), cases(), PATIENCE_SECONDS);
    }

    private List<Case> cases() throws Exception {
        int port = open("");
        String plain = "http://127.0.0.1:" + port + "/";
        KeyFiles.Pem files = TestCertificate.LOCALHOST.files();
        String tls = "tls: { certificate: %s, key: %s }".formatted(files.certificate(), files.key());
        String encrypted = "https://localhost:" + open(tls + "\n    http2: false") + "/";
        String http2 = "https://localhost:" + open(tls) + "/";
        String elsewhere = "http://127.0.0.1:" + open("");
        String router = "?router=" + plain + "ws";
        int closed = closedPort();
        List<Case> cases = new ArrayList<>(List.of(
                webSocket("WebSocket", plain + "?transport=websocket", 101),
                webSocket("WebSocket over TLS", encrypted + "?transport=websocket", 101),
                webSocket("WebSocket over HTTP/2", http2 + "?transport=websocket", 200),
                chat("long-poll over HTTP/2", http2 + "?transport=longpoll", "long-poll"),
                chat("event stream over HTTP/2", http2 + "?transport=streaming", "event stream"),
                chat("long-poll", plain + "?transport=longpoll", "long-poll"),
                chat("event stream", plain + "?transport=streaming", "event stream"),
                new Case("right password", "login", plain, "connected by WebSocket as ann; open this page twice"),
                refused("wrong password", "wrong", plain, "the user name or the password is wrong"),
                refused("unknown realm", "refused", plain + "?realm=moon", "this router has no realm named \"moon\""),
                refused(
                        "refused origin",
                        "refused",
                        elsewhere + "/" + router,
                        "the router at 127.0.0.1:" + port + " does not allow pages of " + elsewhere + " to connect"),
                refused(
                        "no router",
                        "refused",
                        plain + "?router=http://127.0.0.1:" + closed + "/ws",
                        "no router answers at 127.0.0.1:" + closed)));
        if (WebSocketBlockingProxy.isInstalled()) {
            WebSocketBlockingProxy proxy = WebSocketBlockingProxy.start(directory, port);
            opened.add(proxy);
            cases.add(chat("proxy that refuses WebSockets", "http://127.0.0.1:" + proxy.port() + "/", "long-poll"));
        }
        return cases;
    }

    private static Case chat(String name, String url, String transport) {
        return new Case(name, "chat", url, "connected by " + transport + BOTH_HEARD);
    }

    /** HTTP/1.1 answers the handshake of a WebSocket with status 101, HTTP/2 with status 200. */
    private static Case webSocket(String name, String url, int status) {
        return new Case(name, "chat", url, "connected by WebSocket" + BOTH_HEARD + (" | " + status).repeat(2));
    }

    private static Case refused(String name, String kind, String url, String why) {
        return new Case(name, kind, url, "not connected: " + why + ". Reload to try again.");
    }

    private int open(String more) throws Exception {
        RouterServer server = ChatExample.start(more);
        opened.add(server);
        return server.listeners().getFirst().port();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
