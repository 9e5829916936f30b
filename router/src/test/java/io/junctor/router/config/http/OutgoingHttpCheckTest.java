package io.junctor.router.config.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.http.HttpRequestTemplate.Body;
import io.junctor.router.config.http.HttpRequestTemplate.Method;
import io.junctor.router.config.listener.WebSocketPath;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingHttpCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org", "HTTPS://example.org:8443/a?b=c", "http://[::1]/"})
    void webhooksAreDeliveredToUrlsOfHttp(String url) {
        assertThat(receiver(URI.create(url), Map.of()).url()).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.org", "https://ann@example.org/", "https://example.org/#a", "/a", "http:a"})
    void webhooksAreDeliveredNowhereElse(String url) {
        assertThatThrownBy(() -> receiver(URI.create(url), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("URL of http or https");
    }

    @Test
    void requestsHaveNoHeaderFieldsOfTheClientItself() {
        URI url = URI.create("https://example.org/");
        assertThat(receiver(url, Map.of("X-Key", new SecretText("a b"))).headers())
                .containsOnlyKeys("X-Key");
        for (Map<String, SecretText> headers : List.of(
                Map.of("Host", new SecretText("a")),
                Map.of("X Key", new SecretText("a")),
                Map.of("X-Key", new SecretText("a\r\nX-Other: b")))) {
            assertThatThrownBy(() -> receiver(url, headers))
                    .hasMessageContaining("header field")
                    .hasMessageNotContaining("X-Other");
        }
    }

    private static HookReceiver receiver(URI url, Map<String, SecretText> headers) {
        return new HookReceiver(url, headers, List.of(), Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/users/{id}", "http://example.org?id={0}", "https://example.org"})
    void argumentsStandBehindTheHost(String url) {
        assertThat(request(url, Body.KWARGS, null).url().with("x")).isEqualTo(url.replaceAll("\\{.*}", "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://{host}/", "https://{host}.example.org/", "{url}", "https://example.org/a/../{b}", "a"})
    void argumentsChooseNoHost(String url) {
        assertThatThrownBy(() -> request(url, Body.KWARGS, null)).hasMessageContaining("places behind the host");
    }

    @Test
    void bodyByTemplateIsJson() {
        String url = "https://example.org/";
        assertThat(request(url, Body.TEMPLATE, "{\"a\": {a}}").body()).isEqualTo(Body.TEMPLATE);
        for (String json : List.of("{\"a\": \"{a}\"}", "{", "{a}, {b}")) {
            assertThatThrownBy(() -> request(url, Body.TEMPLATE, json)).hasMessageContaining("JSON");
        }
        assertThatThrownBy(() -> request(url, Body.TEMPLATE, null)).hasMessageContaining("JSON");
        assertThatThrownBy(() -> request(url, Body.NONE, "1")).hasMessageContaining("JSON");
    }

    private static HttpRequestTemplate request(String url, Body body, String json) {
        return new HttpRequestTemplate(
                Method.POST, ArgumentTemplate.of(url), Map.of(), body, json == null ? null : ArgumentTemplate.of(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://login.example.org/keys", "ftp://localhost/", "keys.json", "https:///keys", " "})
    void keysOfTokensComeByASafeWay(String url) {
        assertThatThrownBy(() -> tokens(url)).hasMessageContaining("https URL");
        assertThat(tokens("https://login.example.org/keys").url()).isNotNull();
        assertThat(tokens("http://127.0.0.1:8080/keys").url()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.0.0.2", "[::1]"})
    void requestsToThisMachineNeedNoEncryption(String host) {
        assertThat(OutgoingHttpCheck.isOpen(URI.create("http://" + host + ":8080/keys")))
                .isFalse();
        assertThat(tokens("HTTP://" + host + "/keys").url()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.example.org", "localhost.example.org", "127.0.0.1.example.org", "10.0.0.1", "[::2]"})
    void namesThatLookLikeThisMachineAreOthers(String host) {
        assertThat(OutgoingHttpCheck.isOpen(URI.create("http://" + host + "/keys")))
                .isTrue();
        assertThatThrownBy(() -> tokens("http://" + host + "/keys")).hasMessageContaining("https URL");
    }

    private static AuthSource.Tokens tokens(String url) {
        return new AuthSource.Tokens(null, url, "https://login.example.org", "shop", "sub", "role", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ws", "/health", "/metrics", "/ws?a", "/a b", "/*"})
    void webSocketsHaveAPathOfTheirOwn(String path) {
        assertThatThrownBy(() -> new WebSocketPath(path, null)).hasMessageContaining("path of WebSockets");
    }
}
