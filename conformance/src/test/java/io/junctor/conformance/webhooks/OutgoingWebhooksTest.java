package io.junctor.conformance.webhooks;

import static io.junctor.conformance.webhooks.WebhookRouter.base64;
import static io.junctor.conformance.webhooks.WebhookRouter.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.Args;
import io.junctor.client.Event;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import io.junctor.conformance.webhooks.HttpService.Received;
import io.junctor.conformance.webhooks.HttpService.Response;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events that the router delivers to HTTP services. */
@Timeout(120)
class OutgoingWebhooksTest {
    private static String yaml(HttpService service, String more) {
        return """
                listen: [{ port: 0 }]
                shutdown_wait: 30s
                realms:
                  realm1:
                    auth: { anonymous: { role: all } }
                    roles:
                      all: { allow: [{ uri: "", match: prefix, actions: [publish, call, subscribe, register] }] }
                    webhooks:
                      billing:
                        role: all
                        topic: shop.
                        match: prefix
                        url: %s/events?source=junctor
                        first_retry: 10ms
                        longest_retry: 20ms
                        dead_letter: dead.letter
                        %s
                """.formatted(service.url(), more);
    }

    private static void awaitSubscribed(Session session) {
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> session.call("wamp.subscription.match", "shop.order")
                                .arguments()
                                .getFirst()
                        != null);
    }

    private static long publish(Session session, String topic, Object argument) {
        return session.publish(topic, Args.of(argument), PublishOptions.DEFAULT.acknowledged())
                .orElseThrow();
    }

    @Test
    void anEventIsPostedWithItsSignature() throws Exception {
        try (HttpService service = HttpService.answering(request -> Response.of(204));
                WebhookRouter router = WebhookRouter.open(
                        yaml(service, "secrets: [\"${SECRET}\"]\n        headers: { X-From: \"plant 7\" }"));
                Session session = router.join()) {
            awaitSubscribed(session);
            long id = publish(session, "shop.order", Map.of("tea", 3));
            Received request = service.next();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.uri()).hasToString("/events?source=junctor");
            assertThat(request.body())
                    .isEqualTo("{\"topic\":\"shop.order\",\"publication\":" + id
                            + ",\"args\":[{\"tea\":3}],\"kwargs\":{}}");
            assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
            assertThat(request.headers().getFirst("X-From")).isEqualTo("plant 7");
            assertThat(request.headers().getFirst("webhook-id")).isEqualTo(Long.toString(id));
            String seconds = request.headers().getFirst("webhook-timestamp");
            assertThat(seconds)
                    .isEqualTo(Long.toString(router.router.clock().now().getEpochSecond()));
            assertThat(request.headers().getFirst("webhook-signature"))
                    .isEqualTo("v1," + base64(id + "." + seconds + "." + request.body()));
            Awaitility.await().until(() -> router.router.count(Counter.WEBHOOK_EVENTS_DELIVERED) == 1);
        }
    }

    @Test
    void anEventThatIsTriedAgainStaysBeforeThoseBehindIt() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        try (HttpService service =
                        HttpService.answering(request -> Response.of(answers.incrementAndGet() <= 2 ? 503 : 200));
                WebhookRouter router = WebhookRouter.open(yaml(service, ""));
                Session session = router.join()) {
            awaitSubscribed(session);
            List<String> ids = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                ids.add(Long.toString(publish(session, "shop.order", number)));
            }
            for (String id : List.of(ids.get(0), ids.get(0), ids.get(0), ids.get(1), ids.get(2))) {
                assertThat(service.next().headers().getFirst("webhook-id")).isEqualTo(id);
            }
            assertThat(router.router.count(Counter.WEBHOOK_ATTEMPTS_FAILED)).isEqualTo(2);
        }
    }

    @Test
    void aTopicThatWaitsHoldsUpNeitherOthersNorThePublisher() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        try (HttpService service = HttpService.answering(request -> {
                    if (request.body().contains("shop.slow")) {
                        open.await();
                    }
                    return Response.of(200);
                });
                WebhookRouter router = WebhookRouter.open(yaml(service, "timeout: 60s"));
                Session session = router.join()) {
            BlockingQueue<Event> events = router.events(session, "shop.slow");
            try (Session publisher = router.join()) {
                awaitSubscribed(publisher);
                publish(publisher, "shop.slow", 1);
                publish(publisher, "shop.slow", 2);
                assertThat(next(events).arguments()).containsExactly(1L);
                assertThat(service.next().body()).contains("shop.slow");
                awaitWaiting(router, 2);
                publish(publisher, "shop.fast", 3);
                assertThat(service.next().body()).contains("shop.fast");
                open.countDown();
                assertThat(service.next().body()).contains("\"args\":[2]");
                awaitWaiting(router, 0);
            }
        }
    }

    /** Waits until {@code /metrics} shows so many events that wait for delivery. */
    private static void awaitWaiting(WebhookRouter router, int events) {
        HttpRequest.Builder metrics = HttpRequest.newBuilder(URI.create(router.base() + "/metrics"));
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(router.send(metrics).body().lines())
                        .contains("junctor_webhook_events_waiting " + events + ".0"));
    }

    @Test
    void aDeadLetterThatTheRoleMayNotPublishIsCounted() throws Exception {
        try (HttpService service = HttpService.answering(request -> Response.of(400));
                WebhookRouter router = WebhookRouter.open(yaml(service, "")
                        .replace(
                                "\"\", match: prefix, actions: [publish,",
                                "\"shop.\", match: prefix, actions: [publish,"));
                Session session = router.join()) {
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
                publish(session, "shop.order", "x");
                return router.router.count(Counter.WEBHOOK_DEAD_LETTERS_FAILED) > 0;
            });
            assertThat(router.router.count(Counter.WEBHOOK_DEAD_LETTERS)).isZero();
        }
    }

    @Test
    void whatIsRefusedBecomesADeadLetter() throws Exception {
        try (HttpService service = HttpService.answering(request -> Response.of(400));
                WebhookRouter router = WebhookRouter.open(yaml(service, ""));
                Session session = router.join()) {
            BlockingQueue<Event> letters = router.events(session, "dead.letter");
            awaitSubscribed(session);
            long id = publish(session, "shop.order", "x");
            assertThat(next(letters).arguments())
                    .containsExactly(Map.of(
                            "topic",
                            "shop.order",
                            "publication",
                            id,
                            "args",
                            List.of("x"),
                            "kwargs",
                            Map.of(),
                            "webhook",
                            "webhook:billing",
                            "reason",
                            "status 400",
                            "attempts",
                            1L));
            assertThat(router.router.count(Counter.WEBHOOK_EVENTS_DROPPED)).isEqualTo(1);
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> router.router.count(Counter.WEBHOOK_DEAD_LETTERS) == 1);
            assertThat(service.others()).hasSize(1);
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (HttpService inner = HttpService.answering(request -> Response.of(200));
                HttpService service = HttpService.answering(
                        request -> new Response(307, "", "", Map.of("Location", inner.url() + "/admin")));
                WebhookRouter router = WebhookRouter.open(yaml(service, ""));
                Session session = router.join()) {
            BlockingQueue<Event> letters = router.events(session, "dead.letter");
            awaitSubscribed(session);
            publish(session, "shop.order", "x");
            assertThat(next(letters).arguments().getFirst().toString()).contains("reason=status 307");
            assertThat(inner.others()).isEmpty();
        }
    }

    @Test
    void aReceiverThatIsTooSlowIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (HttpService service = HttpService.answering(request -> {
                    never.await();
                    return Response.of(200);
                });
                WebhookRouter router = WebhookRouter.open(yaml(service, "timeout: 200ms\n        attempts: 2"));
                Session session = router.join()) {
            BlockingQueue<Event> letters = router.events(session, "dead.letter");
            awaitSubscribed(session);
            publish(session, "shop.order", 1);
            assertThat(next(letters).arguments().getFirst().toString())
                    .contains("attempts=2")
                    .contains("no answer within 200 ms (timeout)");
        }
    }

    @Test
    void aReceiverThatSendsTooMuchIsGivenUp() throws Exception {
        try (HttpService service =
                        HttpService.answering(request -> Response.of(200, "text/plain", "x".repeat(100_000)));
                WebhookRouter router = WebhookRouter.open(yaml(service, "attempts: 2"));
                Session session = router.join()) {
            BlockingQueue<Event> letters = router.events(session, "dead.letter");
            awaitSubscribed(session);
            publish(session, "shop.order", 1);
            assertThat(next(letters).arguments().getFirst().toString()).contains("more than 65536 bytes");
        }
    }

    @Test
    void aReceiverThatCannotBeReachedIsTriedAgain() throws Exception {
        HttpService gone = HttpService.answering(request -> Response.of(200));
        gone.close();
        try (WebhookRouter router = WebhookRouter.open(yaml(gone, "attempts: 3"));
                Session session = router.join()) {
            BlockingQueue<Event> letters = router.events(session, "dead.letter");
            awaitSubscribed(session);
            publish(session, "shop.order", 1);
            assertThat(next(letters).arguments().getFirst().toString())
                    .contains("attempts=3")
                    .contains("the service cannot be reached");
        }
    }

    @Test
    void whatDoesNotFitIntoTheQueueBecomesADeadLetter() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        try (HttpService service = HttpService.answering(request -> {
                    open.await();
                    return Response.of(200);
                });
                WebhookRouter router = WebhookRouter.open(
                        yaml(service, "queue_events: 2\n        queue_bytes: 1KiB\n        timeout: 60s"));
                Session session = router.join()) {
            BlockingQueue<Event> letters = router.events(session, "dead.letter");
            awaitSubscribed(session);
            publish(session, "shop.order", "x".repeat(2_000));
            publish(session, "shop.order", 1);
            publish(session, "shop.order", 2);
            publish(session, "shop.order", 3);
            assertThat(next(letters).arguments().getFirst().toString()).contains("queue is full", "xxx");
            assertThat(next(letters).arguments().getFirst().toString()).contains("queue is full", "args=[3]");
            open.countDown();
            assertThat(service.next().body()).contains("[1]");
            assertThat(service.next().body()).contains("[2]");
            assertThat(router.router.count(Counter.WEBHOOK_EVENTS_DROPPED)).isEqualTo(2);
        }
    }

    private static RouterConfig config(String yaml) {
        return ConfigFile.parse("realms.yaml", yaml, Map.of()).orThrow();
    }

    @Test
    void aRouterThatIsStoppedDeliversWhatWaits() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        try (HttpService service = HttpService.answering(request -> {
                    open.await();
                    return Response.of(200);
                });
                RouterServer server = RouterServer.start(config(yaml(service, "timeout: 60s")))) {
            String uri = server.listeners().getFirst().uri().toString();
            try (Session session = Session.join(uri, "realm1")) {
                awaitSubscribed(session);
                for (int number = 0; number < 5; number++) {
                    publish(session, "shop.order", number);
                }
            }
            service.next();
            CompletableFuture<Void> drained = CompletableFuture.runAsync(server::drain);
            Awaitility.await().until(() -> server.router().sessions() == 0);
            open.countDown();
            drained.join();
            assertThat(service.others()).hasSize(4);
            assertThat(server.router().counters().value(Counter.WEBHOOK_EVENTS_DELIVERED))
                    .isEqualTo(5);
        }
    }

    @Test
    void whatWaitsIsDeliveredAlsoAfterAnotherConfigurationHolds() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        try (HttpService before = HttpService.answering(request -> {
                    open.await();
                    return Response.of(200);
                });
                HttpService after = HttpService.answering(request -> Response.of(200));
                RouterServer server = RouterServer.start(config(yaml(before, "timeout: 60s")))) {
            String uri = server.listeners().getFirst().uri().toString();
            try (Session session = Session.join(uri, "realm1")) {
                awaitSubscribed(session);
                publish(session, "shop.order", 1);
                publish(session, "shop.order", 2);
                before.next();
                server.reload(config(yaml(after, "")));
                open.countDown();
                assertThat(before.next().body()).contains("[2]");
                publish(session, "shop.order", 3);
                assertThat(after.next().body()).contains("[3]");
                assertThat(before.others()).isEmpty();
            }
        }
    }

    @Test
    void anotherConfigurationHoldsWithoutARestart() throws Exception {
        try (HttpService before = HttpService.answering(request -> Response.of(200));
                HttpService after = HttpService.answering(request -> Response.of(200));
                RouterServer server = RouterServer.start(config(yaml(before, "")))) {
            String uri = server.listeners().getFirst().uri().toString();
            try (Session session = Session.join(uri, "realm1")) {
                awaitSubscribed(session);
                publish(session, "shop.order", 1);
                before.next();
                assertThat(server.reload(config(yaml(after, ""))).changes()).containsExactly("realms.realm1.webhooks");
                publish(session, "shop.order", 2);
                assertThat(after.next().body()).contains("[2]");
                assertThat(before.others()).isEmpty();
            }
        }
    }
}
