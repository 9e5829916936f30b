package io.junctor.conformance.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.junctor.client.Args;
import io.junctor.client.CallOptions;
import io.junctor.client.Result;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.conformance.webhooks.HttpService.Received;
import io.junctor.conformance.webhooks.HttpService.Response;
import io.junctor.wamp.options.CancelMode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Procedures that HTTP services answer. */
@Timeout(120)
class HttpCalleesTest {
    private final HttpService service = HttpService.answering(request -> Response.json("{\"ok\":true}"));
    private final WebhookRouter router = WebhookRouter.open(yaml(service.url()));
    private final Session session = router.join();

    HttpCalleesTest() {
        for (String name : List.of("get", "add", "list", "form", "template", "result", "late", "few")) {
            awaitRegistered(session, "users." + name);
        }
    }

    private static String yaml(String url) {
        return """
                listen: [{ port: 0 }]
                realms:
                  realm1:
                    auth: { anonymous: { role: all } }
                    roles:
                      all:
                        allow:
                          - { uri: "", match: prefix, actions: [publish, call, subscribe, register] }
                          - { uri: wamp.session., match: prefix, actions: [call] }
                    http_callees:
                      users.get:
                        role: all
                        method: GET
                        url: "%1$s/users/{id}?lang={lang?}&first={0?}"
                        headers: { Authorization: "Bearer ${SECRET}", X-Trace: "t-{trace?}" }
                        errors: { 404: users.error.unknown }
                      users.add: { role: all, url: "%1$s/users" }
                      users.list: { role: all, url: "%1$s/list", method: PUT, body: args, result: kwargs }
                      users.form: { role: all, url: "%1$s/form", body: form }
                      users.template:
                        role: all
                        url: "%1$s/template"
                        body_template: '{"user": {name}, "all": [{0}, {1?}]}'
                      users.result: { role: all, url: "%1$s/result", result: result }
                      users.late: { role: all, url: "%1$s/late", timeout: 300ms }
                      users.few: { role: all, url: "%1$s/few", requests: 2, response_bytes: 1KiB }
                """.formatted(url);
    }

    private static void awaitRegistered(Session session, String procedure) {
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> session.call("wamp.registration.match", procedure)
                                .arguments()
                                .getFirst()
                        != null);
    }

    @AfterEach
    void closeAll() {
        session.close();
        router.close();
        service.close();
    }

    private WampException fails(String procedure, Args args) {
        return catchThrowableOfType(WampException.class, () -> session.call(procedure, args));
    }

    @Test
    void argumentsStandInPathQueryAndHeader() throws Exception {
        Result result = session.call(
                "users.get",
                Args.of(7).with("id", "a/b ?&#ü%*~").with("lang", "de&x=1").with("trace", true));
        assertThat(result.arguments()).containsExactly(Map.of("ok", true));
        Received request = service.next();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.uri()).hasToString("/users/a%2Fb%20%3F%26%23%C3%BC%25%2A~?lang=de%26x%3D1&first=7");
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer " + WebhookRouter.SECRET);
        assertThat(request.headers().getFirst("X-Trace")).isEqualTo("t-true");
        assertThat(request.body()).isEmpty();
        session.call("users.get", Args.of().with("id", "1"));
        assertThat(service.next().uri()).hasToString("/users/1?lang=&first=");
    }

    @Test
    void bodiesAreMadeOfArguments() throws Exception {
        session.call("users.add", Args.of().with("name", "Ann \"A\"").with("tags", List.of(1, "x")));
        Received request = service.next();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(request.body()).contains("\"name\":\"Ann \\\"A\\\"\"", "\"tags\":[1,\"x\"]");
        assertThat(session.call("users.list", 1, List.of("a")).keywords()).isEqualTo(Map.of("ok", true));
        request = service.next();
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.body()).isEqualTo("[1,[\"a\"]]");
        session.call("users.form", Args.of().with("a b", "ü&=+"));
        request = service.next();
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.body()).isEqualTo("a%20b=%C3%BC%26%3D%2B");
        session.call("users.template", Args.of(List.of(1)).with("name", "\", \"admin\": \"x"));
        assertThat(service.next().body()).isEqualTo("{\"user\": \"\\\", \\\"admin\\\": \\\"x\", \"all\": [[1], null]}");
    }

    @Test
    void responsesBecomeResults() {
        service.answer(request -> Response.of(204));
        assertThat(session.call("users.add").arguments()).isEmpty();
        service.answer(request -> Response.of(200, "text/plain; charset=utf-8", "grün"));
        assertThat(session.call("users.add").arguments()).containsExactly("grün");
        service.answer(request -> new Response(201, "image/png", "\1\0\2", Map.of()));
        assertThat(session.call("users.add").arguments().getFirst()).isEqualTo(new byte[] {1, 0, 2});
        service.answer(request -> Response.json("{\"args\":[1,2],\"kwargs\":{\"a\":3}}"));
        Result result = session.call("users.result");
        assertThat(result.arguments()).containsExactly(1L, 2L);
        assertThat(result.keywords()).isEqualTo(Map.of("a", 3L));
        service.answer(request -> Response.json("[1"));
        assertThat(fails("users.add", Args.of()).uri()).isEqualTo("wamp.error.invalid_payload");
        service.answer(request -> Response.json("[1]"));
        assertThat(fails("users.list", Args.of()).uri()).isEqualTo("wamp.error.invalid_payload");
    }

    @ParameterizedTest
    @CsvSource({
        "users.get, 404, users.error.unknown",
        "users.add, 404, junctor.error.http_status",
        "users.add, 400, wamp.error.invalid_argument",
        "users.add, 422, wamp.error.invalid_argument",
        "users.add, 401, wamp.error.not_authorized",
        "users.add, 403, wamp.error.not_authorized",
        "users.add, 408, wamp.error.timeout",
        "users.add, 504, wamp.error.timeout",
        "users.add, 429, junctor.error.limit_exceeded",
        "users.add, 503, wamp.error.unavailable",
        "users.add, 500, junctor.error.http_status",
    })
    void aStatusBecomesAnError(String procedure, int status, String uri) {
        service.answer(request -> Response.of(status));
        WampException failure = fails(procedure, Args.of().with("id", 1));
        assertThat(failure.uri()).isEqualTo(uri);
        assertThat(failure.arguments()).containsExactly("status " + status);
        assertThat(failure.keywords()).isEqualTo(Map.of("status", (long) status));
    }

    @Test
    void aProblemHasItsDetailAndMembers() {
        service.answer(request -> Response.of(
                409,
                "application/problem+json",
                "{\"type\":\"https://example.org/taken\",\"detail\":\"the name is taken\",\"name\":\"ann\"}"));
        WampException failure = fails("users.add", Args.of());
        assertThat(failure.uri()).isEqualTo("junctor.error.http_status");
        assertThat(failure.arguments()).containsExactly("the name is taken");
        assertThat(failure.keywords())
                .isEqualTo(Map.of(
                        "type",
                        "https://example.org/taken",
                        "detail",
                        "the name is taken",
                        "name",
                        "ann",
                        "status",
                        409L));
        service.answer(request -> Response.of(
                422,
                "application/problem+json",
                "{\"error\":\"shop.error.sold_out\",\"args\":[\"none\",1],\"kwargs\":{\"a\":2}}"));
        failure = fails("users.add", Args.of());
        assertThat(failure.uri()).isEqualTo("shop.error.sold_out");
        assertThat(failure.arguments()).containsExactly("none", 1L);
        assertThat(failure.keywords()).isEqualTo(Map.of("a", 2L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a\0b"})
    void anArgumentCannotLeaveItsPlaceInThePath(String id) {
        assertThat(fails("users.get", Args.of().with("id", id)).uri()).isEqualTo("wamp.error.invalid_argument");
        assertThat(service.others()).isEmpty();
    }

    @Test
    void argumentsThatDoNotFitAreRefused() {
        assertThat(fails("users.get", Args.of()).arguments()).containsExactly("the argument 'id' is missing");
        assertThat(fails("users.get", Args.of().with("id", List.of(1))).arguments())
                .containsExactly("the argument 'id' must be a text, a number or a boolean");
        assertThat(fails("users.get", Args.of().with("id", 1).with("trace", "x\r\nHost: y"))
                        .uri())
                .isEqualTo("wamp.error.invalid_argument");
        assertThat(service.others()).isEmpty();
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (HttpService inner = HttpService.answering(request -> Response.of(200))) {
            service.answer(request -> new Response(302, "", "", Map.of("Location", inner.url())));
            assertThat(fails("users.add", Args.of()).keywords()).isEqualTo(Map.of("status", 302L));
            assertThat(inner.others()).isEmpty();
        }
    }

    @Test
    void aResponseThatIsTooLargeOrTooLateIsAnError() {
        service.answer(request -> Response.of(200, "text/plain", "x".repeat(1025)));
        assertThat(fails("users.few", Args.of()).arguments())
                .containsExactly("no response: the response has more than 1024 bytes");
        CountDownLatch never = new CountDownLatch(1);
        service.answer(request -> {
            never.await();
            return Response.of(200);
        });
        assertThat(fails("users.late", Args.of()).uri()).isEqualTo("wamp.error.timeout");
    }

    @Test
    void furtherCallsWaitForTheRequestsThatAreOpen() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        // Two requests are open at a time, and answered together.
        Phaser pairs = new Phaser(2);
        service.answer(request -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            pairs.arriveAndAwaitAdvance();
            open.decrementAndGet();
            return Response.of(204);
        });
        List<CompletableFuture<Result>> calls = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            calls.add(session.async().call("users.few"));
        }
        calls.forEach(CompletableFuture::join);
        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void aCallThatIsCanceledClosesItsRequest() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                WebhookRouter other = WebhookRouter.open(yaml("http://127.0.0.1:" + silent.getLocalPort()));
                Session caller = other.join()) {
            awaitRegistered(caller, "users.add");
            CompletableFuture<Result> call =
                    caller.async().call("users.add", Args.of(), CallOptions.DEFAULT.cancelMode(CancelMode.KILL));
            try (Socket socket = silent.accept()) {
                assertThat(socket.getInputStream().read()).isEqualTo('P');
                call.cancel(true);
                socket.setSoTimeout(60_000);
                int next = socket.getInputStream().read();
                while (next >= 0) {
                    next = socket.getInputStream().read();
                }
                assertThat(next).isEqualTo(-1);
            }
        }
    }

    private @Nullable Object registration(String procedure) {
        return session.call("wamp.registration.match", procedure).arguments().getFirst();
    }

    @Test
    void aCalleeThatWasKilledRegistersAgain() {
        Object before = registration("users.add");
        session.call("wamp.session.kill_by_authid", "callee:users.add");
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> {
            Object now = registration("users.add");
            return now != null && !now.equals(before);
        });
        assertThat(session.call("users.add").arguments()).hasSize(1);
        assertThatThrownBy(() -> session.call("users.none")).isInstanceOf(WampException.class);
    }
}
