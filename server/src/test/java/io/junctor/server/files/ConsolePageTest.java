package io.junctor.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.listener.ConsoleConfig;
import io.junctor.router.config.listener.ConsoleConfig.Serving;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.server.ListenException;
import io.junctor.server.TestListener;
import io.junctor.testkit.RecordingAcceptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsolePageTest {
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"#]+)\"|from '\\./([^']+)'");
    private static final int MOST_COMPRESSED_BYTES = 150_000;

    @Test
    void thePageComesWithAPolicyThatForbidsScriptsOfOthersAndInlineOnes() throws Exception {
        try (TestListener listener = listening(ConsoleConfig.DEFAULT)) {
            assertThat(get(listener, "/console/"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Content-Type: text/html")
                    .contains("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe-inline")
                    .contains("X-Content-Type-Options: nosniff")
                    .contains("Cache-Control: no-cache")
                    .contains("<title>Junctor console</title>")
                    .doesNotContainPattern("<script>|<style>|style=|https?://");
        }
    }

    @Test
    void thePathWithoutASlashLeadsToThePage() throws Exception {
        try (TestListener listener = listening(new ConsoleConfig(Serving.ALWAYS, "/ops/console", null))) {
            assertThat(get(listener, "/ops/console"))
                    .startsWith("HTTP/1.1 301 ")
                    .contains("Location: console/");
            assertThat(get(listener, "/ops/console/")).startsWith("HTTP/1.1 200 ");
            assertThat(get(listener, "/console/")).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void allFilesThatThePageNamesAreServedAndSmall() throws Exception {
        try (TestListener listener = listening(ConsoleConfig.DEFAULT)) {
            String page = get(listener, "/console/");
            int total = 0;
            for (String name : links(page + get(listener, "/console/app.js"))) {
                byte[] response = bytes(listener, "/console/" + name, "Accept-Encoding: gzip");
                String head = new String(response, StandardCharsets.ISO_8859_1);
                assertThat(head).as(name).startsWith("HTTP/1.1 200 ").contains("Content-Type: " + type(name));
                assertThat(head).as(name).contains("Content-Encoding: gzip").contains("Vary: Accept-Encoding");
                total += response.length;
            }
            assertThat(total).isLessThan(MOST_COMPRESSED_BYTES);
        }
    }

    @Test
    void aFileIsSentOnceToABrowserThatKeepsIt() throws Exception {
        try (TestListener listener = listening(ConsoleConfig.DEFAULT)) {
            String plain = get(listener, "/console/app.js");
            Matcher tag = Pattern.compile("ETag: (\"\\w+\")").matcher(plain);
            assertThat(tag.find()).isTrue();
            assertThat(get(listener, "/console/app.js", "If-None-Match: W/\"x\", " + tag.group(1)))
                    .startsWith("HTTP/1.1 304 ")
                    .endsWith("\r\n\r\n");
            byte[] compressed = bytes(listener, "/console/app.js", "Accept-Encoding: gzip");
            assertThat(plain).endsWith(unzipped(compressed));
        }
    }

    @Test
    void noOtherFileIsServed() throws Exception {
        try (TestListener listener = listening(ConsoleConfig.DEFAULT)) {
            for (String name :
                    List.of("absent.js", "..%2f..%2frouter/Router.class", "pages", "pages/", "app.js/", "%00")) {
                assertThat(get(listener, "/console/" + name)).as(name).doesNotStartWith("HTTP/1.1 200 ");
            }
            assertThat(get(listener, "/consoles/")).startsWith("HTTP/1.1 404 ");
            assertThat(ask(listener, "POST /console/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
                    .startsWith("HTTP/1.1 405 ");
        }
    }

    @Test
    void theSettingsNameTheWebSocketTheRealmsAndTheRole() throws Exception {
        try (TestListener listener = listening(new ConsoleConfig(Serving.ALWAYS, "/console", "operator"))) {
            assertThat(get(listener, "/console/settings.json"))
                    .contains("Content-Type: application/json")
                    .endsWith("{\"websocket\":\"/ws\",\"role\":\"operator\",\"realms\":[]}");
        }
    }

    @Test
    void byDefaultOnlyLoopbackListenersWithoutAProxyServeIt() throws Exception {
        ListenerConfig everywhere =
                ListenerConfig.builder().host("0.0.0.0").port(0).build();
        ListenerConfig proxied = ListenerConfig.builder()
                .port(0)
                .proxies(
                        new ProxyConfig(List.of(Objects.requireNonNull(IpNetwork.parse("127.0.0.1/32"))), false, false))
                .build();
        for (ListenerConfig config : List.of(everywhere, proxied)) {
            try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), config)) {
                assertThat(get(listener, "/console/")).startsWith("HTTP/1.1 404 ");
            }
            ListenerConfig allowed = config.toBuilder()
                    .console(new ConsoleConfig(Serving.ALWAYS, "/console", null))
                    .build();
            try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), allowed)) {
                assertThat(get(listener, "/console/")).startsWith("HTTP/1.1 200 ");
            }
        }
        try (TestListener listener = listening(new ConsoleConfig(Serving.NEVER, "/console", null))) {
            assertThat(get(listener, "/console/")).startsWith("HTTP/1.1 404 ");
        }
    }

    private static List<String> links(String text) {
        return LINK.matcher(text)
                .results()
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .distinct()
                .toList();
    }

    private static String type(String name) {
        return name.endsWith(".js")
                ? "text/javascript; charset=utf-8"
                : name.endsWith(".css") ? "text/css; charset=utf-8" : "image/svg+xml";
    }

    private static String unzipped(byte[] response) throws IOException {
        int body = new String(response, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        try (GZIPInputStream input =
                new GZIPInputStream(new ByteArrayInputStream(response, body, response.length - body))) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static TestListener listening(ConsoleConfig console) throws ListenException {
        return TestListener.with(
                RecordingAcceptor.recorder(),
                ListenerConfig.builder().port(0).console(console).build());
    }

    private static String get(TestListener listener, String path, String... headers) throws IOException {
        return new String(bytes(listener, path, headers), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(TestListener listener, String path, String... headers) throws IOException {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return answer(listener, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines);
    }

    private static String ask(TestListener listener, String request) throws IOException {
        return new String(answer(listener, request), StandardCharsets.UTF_8);
    }

    private static byte[] answer(TestListener listener, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.getOutputStream()
                    .write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return socket.getInputStream().readAllBytes();
        }
    }
}
