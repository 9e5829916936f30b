package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The procedures {@code junctor.*}, by which an operator looks into a router, over WebSockets. */
@Timeout(60)
class OperatorProceduresTest {
    private static final String TOPIC = "com.example.topic";
    private static final String PROCEDURE = "com.example.procedure";

    private final TestRouter router = TestRouter.open(config());
    private final List<Peer> peers = new ArrayList<>();

    private static RouterConfig config() {
        Map<String, Principal> users =
                Map.of(UserRealms.ANNA, Principal.of("anonymous", new Credential.Secret(UserRealms.SECRET)));
        RealmConfig open = RealmConfig.open(Testbed.REALM).toBuilder()
                .auth(new AuthConfig(
                        "anonymous", List.of(AuthMethodConfig.of(AuthMethod.TICKET, new AuthSource.Users(users)))))
                .role("anonymous", RestrictedRealms.rules("+prefix:", "+prefix:junctor."))
                .build();
        return RouterConfig.builder()
                .listener(ListenerConfig.builder().port(0).build())
                .realm(open)
                .realm(RealmConfig.open(Testbed.OTHER_REALM))
                .build();
    }

    @AfterEach
    void nothingIsLeft() {
        peers.forEach(Peer::close);
        router.expectIdle();
        router.close();
    }

    @Test
    void aRuleForEverythingDoesNotAllowThem() {
        Peer peer = join(Testbed.OTHER_REALM);
        for (String name : List.of(
                "router.get",
                "router.history",
                "realm.get",
                "config.get",
                "config.router",
                "config.reload",
                "log.list",
                "session.list",
                "session.get",
                "topic.list",
                "procedure.list",
                "absent")) {
            MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, "junctor." + name, peer.session());
        }
    }

    @Test
    void noClientRegistersOrPublishesTheirUris() {
        Peer peer = join(Testbed.REALM);
        RestrictedRealms.expectRefused(peer, 64, "junctor.realm.get", WampError.INVALID_URI);
        RestrictedRealms.expectRefused(peer, 64, "junctor", WampError.INVALID_URI);
        RestrictedRealms.expectRefused(peer, 16, "junctor.news", WampError.INVALID_URI);
        assertThat(peer.register("junctors.realm.get")).isPositive();
        MetaCalls.expectError(peer, WampError.NO_SUCH_PROCEDURE, "junctor.absent");
    }

    @Test
    void sessionsAreListedWithWhatTheyDid() {
        Peer operator = join(Testbed.REALM);
        Peer other = connect();
        other.sendList(1, Testbed.REALM, Map.of("roles", Map.of("publisher", Map.of()), "agent", "test-agent"));
        other.expectWelcome();
        other.publish(TOPIC);
        other.publish(TOPIC);
        join(Testbed.OTHER_REALM);

        Map<?, ?> list = map(MetaCalls.call(operator, "junctor.session.list").getFirst());
        assertThat(list.get("total")).isEqualTo(2L);
        Map<?, ?> row = row(list, "session", other.session());
        assertThat(row.get("authrole")).isEqualTo("anonymous");
        assertThat(row.get("agent")).isEqualTo("test-agent");
        assertThat(row.get("transport")).isEqualTo("websocket");
        assertThat(row.get("serializer")).isEqualTo("json");
        assertThat(String.valueOf(row.get("peer"))).startsWith("127.0.0.1:");
        assertThat(row.get("messages_received")).isEqualTo(2L);
        assertThat(row.get("messages_sent")).isEqualTo(2L);
        assertThat(row.get("queue_bytes")).isEqualTo(0L);
        assertThat(row.get("events_dropped")).isEqualTo(0L);
        assertThat(map(MetaCalls.call(operator, "junctor.session.get", other.session())
                                .getFirst())
                        .keySet()
                        .toString())
                .isEqualTo(row.keySet().toString());
        MetaCalls.expectError(operator, WampError.NO_SUCH_SESSION, "junctor.session.get", 1L);
    }

    @Test
    void refusedRequestsAreCounted() {
        Peer operator = join(Testbed.REALM);
        Peer other = join(Testbed.REALM);
        MetaCalls.expectError(other, WampError.NO_SUCH_PROCEDURE, "com.example.absent");
        RestrictedRealms.expectRefused(other, 64, "wamp.mine", WampError.INVALID_URI);
        Map<?, ?> row = map(
                MetaCalls.call(operator, "junctor.session.get", other.session()).getFirst());
        assertThat(row.get("requests_refused")).isEqualTo(2L);
    }

    @Test
    void aListIsReadInParts() {
        Peer operator = join(Testbed.REALM);
        IntStream.range(0, 7).forEach(i -> operator.subscribe(TOPIC + i));
        List<Object> uris = new ArrayList<>();
        for (long offset = 0; offset < 9; offset += 3) {
            Map<?, ?> part = part(operator, offset, 3);
            assertThat(part.get("total")).isEqualTo(7L);
            rows(part).forEach(row -> uris.add(Objects.requireNonNull(row.get("uri"))));
        }
        assertThat(uris)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 7).mapToObj(i -> TOPIC + i).toList());
        assertThat(rows(part(operator, 1_000, 500))).isEmpty();
        for (Object limit : List.of(-1L, 501L, "3", 1.5)) {
            long request = operator.nextRequest();
            operator.sendList(48, request, Map.of(), "junctor.topic.list", List.of(), Map.of("limit", limit));
            ErrorMessage error = operator.expectError(48, request, WampError.INVALID_ARGUMENT);
            assertThat(String.valueOf(
                            operator.arguments(error.payload()).positional().getFirst()))
                    .contains("an integer from 0 to 500");
        }
    }

    @Test
    void topicsTellSubscribersPublicationsAndRetainedEvents() {
        Peer operator = join(Testbed.REALM);
        operator.subscribe(TOPIC);
        Peer other = join(Testbed.REALM);
        long subscription = other.subscribe(TOPIC);
        for (int i = 0; i < 3; i++) {
            long request = operator.nextRequest();
            operator.sendList(16, request, Map.of("acknowledge", true, "retain", true), TOPIC, List.of(i));
            operator.expectList();
            other.expectEvent(subscription);
        }
        Map<?, ?> row = rows(part(operator, 0, 500)).getFirst();
        assertThat(row.get("uri")).isEqualTo(TOPIC);
        assertThat(row.get("match")).isEqualTo("exact");
        assertThat(row.get("subscribers")).isEqualTo(2L);
        assertThat(row.get("publications")).isEqualTo(3L);
        assertThat(row.get("retained")).isEqualTo(1L);
        assertThat(row.get("history")).isEqualTo(false);
    }

    @Test
    void proceduresTellCallsErrorsAndDurations() {
        Peer operator = join(Testbed.REALM);
        Peer callee = join(Testbed.REALM);
        callee.register(PROCEDURE);
        assertThat(procedure(operator)).containsEntry("p50_ms", null).containsEntry("calls", 0L);
        for (int i = 0; i < 4; i++) {
            long request = operator.call(PROCEDURE);
            Invocation invocation = callee.expect(Invocation.class);
            assertThat(procedureOpen(callee)).isEqualTo(1L);
            router.clock().advance(Duration.ofMillis(20));
            if (i < 3) {
                callee.answer(invocation);
                operator.expectResult(request);
            } else {
                callee.sendList(8, 68, invocation.request(), Map.of(), "com.example.error.failed");
                operator.expectList();
            }
        }
        Map<?, ?> row = procedure(operator);
        assertThat(row.get("callees")).isEqualTo(1L);
        assertThat(row.get("calls")).isEqualTo(4L);
        assertThat(row.get("errors")).isEqualTo(1L);
        assertThat(row.get("open")).isEqualTo(0L);
        assertThat(row.get("waiting")).isEqualTo(0L);
        assertThat((Double) row.get("p50_ms")).isBetween(20.0, 25.0);
        assertThat((Double) row.get("p99_ms")).isBetween(20.0, 25.0);
    }

    @Test
    void theRouterAndTheRealmTellWhatTheyCount() {
        Peer operator = join(Testbed.REALM);
        operator.subscribe(TOPIC);
        operator.publish(TOPIC);
        Map<?, ?> realm = map(MetaCalls.call(operator, "junctor.realm.get").getFirst());
        assertThat(realm.get("realm")).isEqualTo(Testbed.REALM);
        assertThat(realm.get("sessions")).isEqualTo(1L);
        assertThat(realm.get("subscriptions")).isEqualTo(1L);
        assertThat(realm.get("registrations")).isEqualTo(0L);
        Map<?, ?> received = map(Objects.requireNonNull(realm.get("received")));
        assertThat(received.get("publish")).isEqualTo(1L);
        assertThat(received.get("subscribe")).isEqualTo(1L);
        assertThat(received.get("call")).isEqualTo(1L);

        Map<?, ?> all = map(MetaCalls.call(operator, "junctor.router.get").getFirst());
        assertThat(map(Objects.requireNonNull(all.get("counters"))).get("sessions_joined"))
                .isEqualTo(1L);
        assertThat(map(Objects.requireNonNull(all.get("gauges"))).get("sessions"))
                .isEqualTo(1L);
        Map<?, ?> transports = map(Objects.requireNonNull(all.get("transports")));
        assertThat(map(Objects.requireNonNull(transports.get("websocket"))).get("sessions_joined"))
                .isEqualTo(1L);
        assertThat(map(Objects.requireNonNull(transports.get("rawsocket"))).get("sessions_joined"))
                .isEqualTo(0L);
    }

    @Test
    void theConfigurationInForceIsToldWithoutSecrets() {
        Peer operator = join(Testbed.REALM);
        Map<?, ?> config = map(MetaCalls.call(operator, "junctor.config.get").getFirst());
        assertThat(config.get("realm")).isEqualTo(Testbed.REALM);
        assertThat(config.get("uris")).isEqualTo("loose");
        assertThat(config.get("anonymous_role")).isEqualTo("anonymous");
        assertThat(config.get("authmethods"))
                .isEqualTo(List.of(Map.of("method", "ticket", "provider", "static", "users", 1L)));
        Map<?, ?> role = map(Objects.requireNonNull(
                map(Objects.requireNonNull(config.get("roles"))).get("anonymous")));
        assertThat(Objects.requireNonNull(role.get("rules")).toString())
                .contains("junctor.", "allow", "prefix", "call");
        assertThat(map(Objects.requireNonNull(config.get("limits"))).get("pending_calls"))
                .isEqualTo(10_000L);
        assertThat(config.toString()).doesNotContain(UserRealms.SECRET).doesNotContain(UserRealms.ANNA);
    }

    @Test
    void theConfigurationOfTheRouterIsToldWithoutSecrets() {
        Peer operator = join(Testbed.REALM);
        Map<?, ?> config = map(MetaCalls.call(operator, "junctor.config.router").getFirst());
        assertThat(config.get("realms")).isEqualTo(List.of(Testbed.REALM, Testbed.OTHER_REALM));
        assertThat(map(Objects.requireNonNull(config.get("limits"))).get("sessions"))
                .isEqualTo(100_000L);
        assertThat((List<?>) Objects.requireNonNull(config.get("listeners")))
                .singleElement()
                .asString()
                .contains("address=127.0.0.1:0", "websockets=[/ws]", "tls=false", "console=true");
        assertThat(config.toString()).doesNotContain(UserRealms.SECRET).doesNotContain(UserRealms.ANNA);
    }

    @Test
    void theHistoryHasASampleEveryFiveSecondsForFifteenMinutes() {
        for (int i = 0; i < 1_000; i++) {
            router.clock().advance(Duration.ofSeconds(1));
        }
        Peer operator = join(Testbed.REALM);
        Map<?, ?> history =
                map(MetaCalls.call(operator, "junctor.router.history").getFirst());
        List<?> columns = (List<?>) Objects.requireNonNull(history.get("columns"));
        List<?> samples = (List<?>) Objects.requireNonNull(history.get("rows"));
        assertThat(history.get("period_ms")).isEqualTo(5_000L);
        assertThat(columns.toString()).startsWith("[time, messages_received, messages_sent");
        assertThat(samples)
                .hasSize(180)
                .allSatisfy(row -> assertThat((List<?>) row).hasSameSizeAs(columns));
        long first = (Long) ((List<?>) samples.getFirst()).getFirst();
        long last = (Long) ((List<?>) samples.getLast()).getFirst();
        assertThat(last - first).isEqualTo(179 * 5_000L);
    }

    private static Map<?, ?> part(Peer peer, long offset, long limit) {
        return map(MetaCalls.call(
                        peer, "junctor.topic.list", List.of(), Map.<String, Object>of("offset", offset, "limit", limit))
                .getFirst());
    }

    private static Map<String, Object> procedure(Peer peer) {
        Map<?, ?> row = rows(map(MetaCalls.call(peer, "junctor.procedure.list").getFirst()))
                .getFirst();
        Map<String, Object> named = new HashMap<>();
        row.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    private static Object procedureOpen(Peer peer) {
        return procedure(peer).get("open");
    }

    private static Map<?, ?> row(Map<?, ?> list, String key, Object value) {
        return rows(list).stream()
                .filter(row -> value.equals(row.get(key)))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<?, ?>> rows(Map<?, ?> list) {
        return ((List<?>) Objects.requireNonNull(list.get("rows")))
                .stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private Peer connect() {
        Peer peer = new Peer(WebSocketTransport.open(router.uri(), Serializer.JSON));
        peers.add(peer);
        return peer;
    }

    private Peer join(String realm) {
        Peer peer = connect();
        peer.join(realm);
        return peer;
    }
}
