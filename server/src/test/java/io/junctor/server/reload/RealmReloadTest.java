package io.junctor.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.Router;
import io.junctor.router.config.ConfigDifference;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a new configuration does to the limits, features and histories of a realm. */
class RealmReloadTest {
    private final Router router = Router.open(config(""));

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void aLimitHoldsForSessionsThatAreOpen() {
        try (Peer peer = join()) {
            peer.subscribe("a");
            peer.subscribe("b");

            assertThat(reload("limits: { subscriptions: 1, waiting_calls: 7 }").changes())
                    .containsExactly("realms.realm1.limits");

            long request = peer.nextRequest();
            peer.send(new Subscribe(request, SubscribeMessageOptions.DEFAULT, new Uri("c")));
            peer.expectError(Subscribe.CODE, request, WampError.LIMIT_EXCEEDED);
            reload("");
            peer.subscribe("c");
        }
    }

    @Test
    void theSizeOfAMailboxNeedsARestart() {
        ConfigDifference difference = reload("limits: { mailbox: 1000, testaments: 5 }");

        assertThat(difference.restart()).containsExactly("realms.realm1.limits.mailbox");
        assertThat(difference.changes()).containsExactly("realms.realm1.limits");
        assertThat(router.config().realms().getFirst().limits().mailbox()).isEqualTo(65_536);
        assertThat(router.config().realms().getFirst().limits().holdings().testaments())
                .isEqualTo(5);
    }

    @Test
    void aHistoryBeginsKeepsItsEventsAndEnds() {
        try (Peer peer = join()) {
            long subscription = peer.subscribe("plant.state");
            peer.expectError(Call.CODE, events(peer, subscription), WampError.HISTORY_UNAVAILABLE);

            reload("history: [{ uri: plant.state, events: 10 }]");
            peer.publish("plant.state", 1);
            peer.publish("plant.state", 2);
            assertThat(history(peer, subscription)).hasSize(2);

            reload("history: [{ uri: plant.state, events: 1 }]");
            assertThat(history(peer, subscription)).hasSize(1);
            assertThat(keptBytes()).isPositive();

            reload("");
            peer.expectError(Call.CODE, events(peer, subscription), WampError.HISTORY_UNAVAILABLE);
            assertThat(keptBytes()).isZero();
            peer.expectNothing();
        }
    }

    @Test
    void aFeatureThatIsSwitchedOffIsRefusedFromThenOn() {
        try (Peer peer = join()) {
            peer.expectResult(peer.call("wamp.session.count"));

            reload("features: { session_meta_api: false }");

            peer.expectError(Call.CODE, peer.call("wamp.session.count"), WampError.NO_SUCH_PROCEDURE);
            reload("");
            peer.expectResult(peer.call("wamp.session.count"));
        }
    }

    @Test
    void strictUrisEndASessionThatHoldsAnother() {
        try (Peer peer = join();
                Peer other = join()) {
            peer.subscribe("Plant-A.state");

            reload("uris: strict");

            Goodbye goodbye = peer.expect(Goodbye.class);
            assertThat(goodbye.reason()).isEqualTo(WampError.INVALID_URI.uri());
            peer.answerGoodbye();
            long request = other.nextRequest();
            other.send(new Publish(request, PublishMessageOptions.ACKNOWLEDGE, new Uri("Plant-A.state"), Payload.NONE));
            other.expectError(Publish.CODE, request, WampError.INVALID_URI);
        }
    }

    @Test
    void requestIdsAreCheckedAsTheNewConfigurationSays() {
        try (Peer peer = join()) {
            peer.sendList(32, 5, Map.of(), "a");
            peer.expectList();

            reload("request_ids: strict");

            peer.sendList(32, 9, Map.of(), "b");
            peer.expectViolation();
        }
    }

    private static List<Object> history(Peer peer, long subscription) {
        Object events = peer.arguments(
                        peer.expectResult(events(peer, subscription)).payload())
                .positional()
                .getFirst();
        assertThat(events).isInstanceOf(List.class);
        return List.copyOf((List<?>) events);
    }

    private static long events(Peer peer, long subscription) {
        return peer.call("wamp.subscription.get_events", subscription);
    }

    private long keptBytes() {
        return router.transportContext().gauges().stream()
                .filter(gauge -> gauge.name().equals("kept_bytes"))
                .mapToLong(gauge -> gauge.value().getAsLong())
                .sum();
    }

    private Peer join() {
        Peer peer = new Peer(MemoryTransport.open(router, Serializer.JSON, ListenerLimits.DEFAULT));
        peer.join("realm1");
        return peer;
    }

    private ConfigDifference reload(String keys) {
        return router.reload(config(keys));
    }

    private static RouterConfig config(String keys) {
        return ConfigFile.parse("test", """
                        realms:
                          realm1:
                            auth: { anonymous: { role: guest } }
                            roles: { guest: { allow: [{ uri: "", match: prefix, actions: [call, register, publish, subscribe] }] } }
                            %s
                        """.formatted(keys), Map.of()).orThrow();
    }
}
