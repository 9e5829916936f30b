package io.junctor.conformance.webhooks;

import static io.junctor.conformance.webhooks.WebhookRouter.SECRET;
import static io.junctor.conformance.webhooks.WebhookRouter.base64;
import static io.junctor.conformance.webhooks.WebhookRouter.hex;
import static io.junctor.conformance.webhooks.WebhookRouter.hmac;
import static io.junctor.conformance.webhooks.WebhookRouter.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.Args;
import io.junctor.client.Event;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.router.metrics.Counter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of other services that become events and calls. */
@Timeout(120)
class IncomingWebhooksTest {
    private static final String JSON = "application/json";

    private final WebhookRouter router = WebhookRouter.open("""
            x-target: &event { realm: realm1, role: hooks, publish: com.example.hook, body_bytes: 2KiB }
            listen:
              - port: 0
                http_gateway: { realm: realm1 }
                webhooks:
                  /github: { <<: *event, headers: [X-GitHub-Event], signature: { scheme: github, secrets: [old, "${SECRET}"] } }
                  /stripe: { <<: *event, signature: { scheme: stripe, secrets: ["${SECRET}"] } }
                  /standard: { <<: *event, signature: { scheme: standard, secrets: ["${SECRET}"] } }
                  /form: { <<: *event, body: form, signature: { scheme: hmac, header: X-Sign, algorithm: sha512, encoding: base64, secrets: ["${SECRET}"] } }
                  /raw: { <<: *event, body: raw, signature: { scheme: hmac, header: X-Sign, prefix: "sha1=", algorithm: sha1, secrets: ["${SECRET}"] } }
                  /token: { <<: *event, signature: { scheme: token, header: X-Gitlab-Token, secrets: ["${SECRET}"] } }
                  /call: { realm: realm1, role: hooks, call: com.example.called, signature: { scheme: github, secrets: ["${SECRET}"] } }
                  /forbidden: { realm: realm1, role: hooks, publish: com.example.other, signature: { scheme: github, secrets: ["${SECRET}"] } }
            realms:
              realm1:
                auth: { anonymous: { role: all } }
                roles:
                  all:
                    allow:
                      - { uri: "", match: prefix, actions: [publish, call, subscribe, register] }
                      - { uri: wamp.session., match: prefix, actions: [call] }
                  hooks:
                    allow:
                      - { uri: com.example.hook, actions: [publish] }
                      - { uri: com.example.called, actions: [call] }
            """);

    @AfterEach
    void closeRouter() {
        router.close();
    }

    private HttpResponse<String> github(String path, String body) throws Exception {
        return router.send(router.request(path, JSON, body)
                .header("X-GitHub-Event", "push")
                .header("X-Hub-Signature-256", "sha256=" + hex(body)));
    }

    private HttpResponse<String> stripe(long seconds, String body) throws Exception {
        return router.send(router.request("/stripe", JSON, body)
                .header("Stripe-Signature", "t=" + seconds + ",v1=00ff,v1=" + hex(seconds + "." + body) + ",v0=0a"));
    }

    private long now() {
        return router.router.clock().now().getEpochSecond();
    }

    @Test
    void aRequestOfGitHubBecomesAnEventWithItsBodyAndHeader() throws Exception {
        try (Session session = router.join()) {
            BlockingQueue<Event> events = router.events(session, "com.example.hook");
            HttpResponse<String> response = github("/github", "{\"ref\":\"main\",\"size\":12345678901234567}");
            assertThat(response.statusCode()).isEqualTo(200);
            Event event = next(events);
            assertThat(response.body()).isEqualTo("{\"id\":" + event.publication() + "}");
            assertThat(event.arguments()).containsExactly(Map.of("ref", "main", "size", 12345678901234567L));
            assertThat(event.keywords()).isEqualTo(Map.of("headers", Map.of("x-github-event", "push")));
        }
    }

    @Test
    void theExampleOfGitHubsDocumentationIsAccepted() throws Exception {
        HttpResponse<String> response = router.send(router.request("/github", JSON, "Hello, World!")
                .header(
                        "X-Hub-Signature-256",
                        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
        // The signature is right, so that the body is read, which is no JSON.
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("The body is not JSON");
    }

    @Test
    void otherSchemesAndBodiesAreRead() throws Exception {
        try (Session session = router.join()) {
            BlockingQueue<Event> events = router.events(session, "com.example.hook");
            assertThat(stripe(now(), "[1]").statusCode()).isEqualTo(200);
            assertThat(next(events).arguments()).containsExactly(List.of(1L));
            String body = "{}";
            assertThat(router.send(router.request("/standard", "application/cloudevents+json", body)
                                    .header("webhook-id", "msg_1")
                                    .header("webhook-timestamp", Long.toString(now()))
                                    .header("webhook-signature", "v2,x v1," + base64("msg_1." + now() + "." + body)))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(next(events).arguments()).containsExactly(Map.of());
            String form = "a=1&b=x+y&b=%C3%BC";
            assertThat(router.send(router.request("/form", "application/x-www-form-urlencoded; charset=utf-8", form)
                                    .header(
                                            "X-Sign",
                                            Base64.getEncoder().encodeToString(hmac("HmacSHA512", SECRET, form))))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(next(events).arguments()).containsExactly(Map.of("a", List.of("1"), "b", List.of("x y", "ü")));
            assertThat(router.send(router.request("/raw", "application/octet-stream", "ab")
                                    .header(
                                            "X-Sign",
                                            "sha1=" + HexFormat.of().formatHex(hmac("HmacSHA1", SECRET, "ab"))))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(next(events).arguments().getFirst()).isEqualTo(new byte[] {'a', 'b'});
            assertThat(router.send(router.request("/token", JSON, "7").header("X-Gitlab-Token", SECRET))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(next(events).arguments()).containsExactly(7L);
        }
    }

    @Test
    void aCallIsAnsweredWithTheResultOrTheErrorOfItsCallee() throws Exception {
        try (Session callee = router.join()) {
            callee.register("com.example.called", call -> {
                if (call.arguments().getFirst().equals("fail")) {
                    throw new WampException("com.example.error.full", Args.of("no room"));
                }
                return Args.of(call.arguments().getFirst());
            });
            assertThat(github("/call", "{\"a\":1}").body()).isEqualTo("{\"args\":[{\"a\":1}],\"kwargs\":{}}");
            HttpResponse<String> failed = github("/call", "\"fail\"");
            assertThat(failed.statusCode()).isEqualTo(422);
            assertThat(failed.body()).contains("\"error\":\"com.example.error.full\"");
            // What failed may come again.
            assertThat(github("/call", "\"fail\"").statusCode()).isEqualTo(422);
        }
    }

    @Test
    void theDescriptionHasTheWebhooks() throws Exception {
        String document =
                router.send(router.request("/openapi.json", JSON, "").GET()).body();
        assertThat(document).contains("\"/github\":{\"servers\":[{\"url\":\"/\"}],\"post\":");
        assertThat(document).contains("\"application/x-www-form-urlencoded\"").doesNotContain(SECRET);
    }

    @Test
    void theRoleDecidesWhatAWebhookMayDo() throws Exception {
        HttpResponse<String> response = github("/forbidden", "{}");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("wamp.error.not_authorized");
    }

    @Test
    void aWebhookGoesOnAfterItsSessionWasKilled() throws Exception {
        assertThat(github("/github", "1").statusCode()).isEqualTo(200);
        try (Session session = router.join()) {
            assertThat(session.call("wamp.session.kill_by_authid", "webhook:/github")
                            .arguments())
                    .hasSize(1);
        }
        // A request that meets the end of the session fails with 503, and may come again.
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(github("/github", "2").statusCode()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha256=00",
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18"
            })
    void aWrongSignatureHasNoEffect(String signature) throws Exception {
        HttpResponse<String> response =
                router.send(router.request("/github", JSON, "Hello, World!").header("X-Hub-Signature-256", signature));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(router.router.count(Counter.WEBHOOKS_REFUSED)).isEqualTo(1);
    }

    @Test
    void aSignatureThatIsMissingOrThereTwiceIsRefused() throws Exception {
        assertThat(router.send(router.request("/github", JSON, "1")).statusCode())
                .isEqualTo(403);
        assertThat(router.send(router.request("/github", JSON, "1")
                                .header("X-Hub-Signature-256", "sha256=00")
                                .header("X-Hub-Signature-256", "sha256=" + hex("1")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(router.send(router.request("/token", JSON, "1").header("X-Gitlab-Token", SECRET + "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(router.send(router.request("/stripe", JSON, "1").header("Stripe-Signature", "v1=" + hex(".1")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anOldRequestIsRefused() throws Exception {
        router.advance(Duration.ofHours(1));
        assertThat(stripe(now() - 299, "1").statusCode()).isEqualTo(200);
        HttpResponse<String> old = stripe(now() - 301, "1");
        assertThat(old.statusCode()).isEqualTo(403);
        assertThat(old.body()).contains("more than 300 s from that of the router");
        assertThat(stripe(now() + 301, "1").statusCode()).isEqualTo(403);
    }

    @Test
    void aRequestThatComesAgainHasNoEffectForTheReplayTime() throws Exception {
        try (Session session = router.join()) {
            BlockingQueue<Event> events = router.events(session, "com.example.hook");
            assertThat(github("/github", "1").body()).startsWith("{\"id\":");
            assertThat(github("/github", "1").body()).isEqualTo("{\"repeated\":true}");
            assertThat(github("/github", "2").body()).startsWith("{\"id\":");
            assertThat(next(events).arguments()).containsExactly(1L);
            assertThat(next(events).arguments()).containsExactly(2L);
            assertThat(router.router.count(Counter.WEBHOOKS_REPEATED)).isEqualTo(1);
            router.advance(Duration.ofMinutes(10));
            assertThat(github("/github", "1").body()).startsWith("{\"id\":");
        }
    }

    @Test
    void aRequestThatComesAgainBeforeItsAnswerIsToldSo() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (Session callee = router.join()) {
            callee.register("com.example.called", call -> {
                called.countDown();
                answer.await();
                return Args.of("done");
            });
            var first = router.http()
                    .sendAsync(
                            router.request("/call", JSON, "1")
                                    .header("X-Hub-Signature-256", "sha256=" + hex("1"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            called.await();
            assertThat(github("/call", "1").statusCode()).isEqualTo(409);
            answer.countDown();
            assertThat(first.join().body()).contains("done");
            assertThat(github("/call", "1").body()).isEqualTo("{\"repeated\":true}");
        }
    }

    @Test
    void bodiesThatAreTooLargeOrOfAnotherTypeAreRefused() throws Exception {
        String large = "\"" + "x".repeat(2048) + "\"";
        HttpResponse<String> response = github("/github", large);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("more than 2048 bytes (body_bytes)");
        assertThat(router.send(router.request("/github", "text/plain", "1")
                                .header("X-Hub-Signature-256", "sha256=" + hex("1")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(router.send(router.request("/github", JSON, "1").GET()).statusCode())
                .isEqualTo(405);
    }
}
