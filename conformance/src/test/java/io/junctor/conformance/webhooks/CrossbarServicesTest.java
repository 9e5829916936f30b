package io.junctor.conformance.webhooks;

import static io.junctor.conformance.webhooks.WebhookRouter.SECRET;
import static io.junctor.conformance.webhooks.WebhookRouter.hmac;
import static io.junctor.conformance.webhooks.WebhookRouter.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.Args;
import io.junctor.client.Event;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.router.metrics.Counter;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests as clients of the HTTP bridge of Crossbar.io send them. */
@Timeout(120)
class CrossbarServicesTest {
    private static final String JSON = "application/json";

    private final WebhookRouter router = WebhookRouter.open("""
            listen:
              - port: 0
                origins: ["https://app.example"]
                crossbar_services:
                  /publish: { type: publisher, realm: realm1, role: web, key: foo, secret: "${SECRET}" }
                  /open: { type: publisher, realm: realm1, role: web, post_body_limit: 100 }
                  /call: { type: caller, realm: realm1, role: web }
                  /hook: { type: webhook, realm: realm1, role: web, topic: com.example.hook, github_secret: "${SECRET}", success_response: fine }
                  /away: { type: publisher, realm: realm1, role: web, require_ip: [192.0.2.0/24] }
            realms:
              realm1:
                auth: { anonymous: { role: all } }
                roles:
                  all: { allow: [{ uri: "", match: prefix, actions: [publish, call, subscribe, register] }] }
                  web: { allow: [{ uri: com.example., match: prefix, actions: [publish, call] }] }
            """);

    @AfterEach
    void closeRouter() {
        router.close();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return router.send(router.request(path, JSON, body));
    }

    private static String query(String key, String time, String signed) {
        String signature = Base64.getUrlEncoder().encodeToString(hmac("HmacSHA256", SECRET, signed));
        return "?key=" + key + "&timestamp=" + URLEncoder.encode(time, StandardCharsets.UTF_8)
                + "&seq=1&nonce=42&signature=" + URLEncoder.encode(signature, StandardCharsets.UTF_8);
    }

    @Test
    void aPublisherPublishesWithTheOptionsOfCrossbar() throws Exception {
        try (Session session = router.join()) {
            BlockingQueue<Event> events = router.events(session, "com.example.one");
            assertThat(post("/open", "{\"topic\":\"com.example.one\",\"args\":[0],\"options\":{\"eligible\":[1]}}")
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> response =
                    post("/open", "{\"topic\":\"com.example.one\",\"args\":[1],\"kwargs\":{\"a\":2},\"more\":0}");
            Event event = next(events);
            assertThat(response.body()).isEqualTo("{\"id\":" + event.publication() + "}");
            assertThat(event.arguments()).containsExactly(1L);
            assertThat(event.keywords()).isEqualTo(Map.of("a", 2L));
        }
    }

    @Test
    void aCallerGetsResultsAndErrorsWithStatus200() throws Exception {
        try (Session callee = router.join()) {
            callee.register("com.example.echo", call -> Args.of(call.arguments().toArray()));
            callee.register("com.example.fail", call -> {
                throw new WampException(
                        "com.example.error.bad", Args.of("no", 1).with("a", 2));
            });
            assertThat(post("/call", "{\"procedure\":\"com.example.echo\",\"args\":[[7]]}")
                            .body())
                    .isEqualTo("{\"args\":[[7]]}");
            assertThat(post("/call", "{\"procedure\":\"com.example.echo\"}").body())
                    .isEqualTo("{\"args\":[null]}");
            HttpResponse<String> failed = post("/call", "{\"procedure\":\"com.example.fail\"}");
            assertThat(failed.statusCode()).isEqualTo(200);
            assertThat(failed.body())
                    .isEqualTo("{\"error\":\"com.example.error.bad\",\"args\":[\"no\",1],\"kwargs\":{\"a\":2}}");
            assertThat(post("/call", "{\"procedure\":\"org.other\"}").body()).contains("wamp.error.not_authorized");
        }
    }

    @Test
    void aSignedRequestIsTakenOnce() throws Exception {
        String body = "{\"topic\":\"com.example.one\"}";
        router.advance(Duration.ofHours(1));
        String time = router.router.clock().now().toString();
        String path = "/publish" + query("foo", time, "foo" + time + "1" + "42" + body);
        assertThat(post(path, body).statusCode()).isEqualTo(200);
        HttpResponse<String> again = post(path, body);
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).isEqualTo("{\"error\":\"This signature was used before.\",\"args\":[],\"kwargs\":{}}");
    }

    @Test
    void aRequestWithoutARightSignatureIsRefused() throws Exception {
        String body = "{\"topic\":\"com.example.one\"}";
        router.advance(Duration.ofHours(1));
        String time = router.router.clock().now().toString();
        assertThat(post("/publish", body).statusCode()).isEqualTo(400);
        assertThat(post("/publish" + query("foo", time, "foo" + time + "142x"), body)
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("/publish" + query("bar", time, "bar" + time + "142" + body), body)
                        .statusCode())
                .isEqualTo(401);
        String old = router.router.clock().now().minusSeconds(301).toString();
        assertThat(post("/publish" + query("foo", old, "foo" + old + "142" + body), body)
                        .statusCode())
                .isEqualTo(400);
        assertThat(router.router.count(Counter.WEBHOOKS_REFUSED)).isEqualTo(4);
    }

    @Test
    void aWebhookPublishesHeadersAndBody() throws Exception {
        try (Session session = router.join()) {
            BlockingQueue<Event> events = router.events(session, "com.example.hook");
            String signature = "sha1=" + HexFormat.of().formatHex(hmac("HmacSHA1", SECRET, "a=1"));
            HttpResponse<String> response =
                    router.send(router.request("/hook", "application/x-www-form-urlencoded", "a=1")
                            .header("X-Hub-Signature", signature));
            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(response.body()).isEqualTo("fine");
            Map<?, ?> message = (Map<?, ?>) next(events).arguments().getFirst();
            assertThat(message.get("body")).isEqualTo("a=1");
            assertThat(((Map<?, ?>) message.get("headers")).get("X-Hub-Signature"))
                    .isEqualTo(List.of(signature));
            assertThat(post("/hook", "{}").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aPageOfAnAllowedOriginMayAsk() throws Exception {
        HttpResponse<String> asked = router.send(router.request("/open", JSON, "")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://app.example"));
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://app.example");
        assertThat(router.send(router.request("/open", JSON, "{\"topic\":\"com.example.one\"}")
                                .header("Origin", "https://app.example"))
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .hasValue("https://app.example");
    }

    @Test
    void whatIsNoRequestOfCrossbarIsRefused() throws Exception {
        assertThat(post("/away", "{\"topic\":\"com.example.one\"}").statusCode())
                .isEqualTo(400);
        assertThat(post("/open", "{\"args\":[]}").statusCode()).isEqualTo(400);
        assertThat(post("/open", "[]").statusCode()).isEqualTo(400);
        assertThat(post("/open", "{\"topic\":\"" + "x".repeat(100) + "\"}").statusCode())
                .isEqualTo(413);
        assertThat(router.send(router.request("/open", "text/plain", "{\"topic\":\"com.example.one\"}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(router.send(router.request("/open", JSON, "{\"topic\":\"com.example.one\"}")
                                .header("Origin", "https://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(router.send(router.request("/open", JSON, "").GET()).statusCode())
                .isEqualTo(405);
    }
}
