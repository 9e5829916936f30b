package io.junctor.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.conformance.TestRouter;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ClientCertificates;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.metrics.TransportCounters;
import io.junctor.testkit.FaultNetwork;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.testkit.tls.TestCertificate;
import io.junctor.wamp.value.Serializer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a client's network or a client does to its connection, on each transport: the session ends, others are served, what the
 * client made the router hold is free again, and the fault is counted and logged.
 */
@Timeout(60)
class FaultScenarioTest {
    private static final String TOPIC = "faults.topic";
    private static final String ALIVE = "faults.alive";
    private static final int OTHERS = 2;
    private static final int FLOOD_EVENTS = 200;
    private static final int FLOOD_BYTES = 100_000;

    private final LogLines lines = new LogLines();
    private final TestRouter router = TestRouter.open(RouterConfig.builder()
            .listener(listener().build())
            .listener(listener()
                    .tls(new TlsConfig(List.of(TestCertificate.LOCALHOST.files()), ClientCertificates.NONE, null))
                    .build())
            .realm(RealmConfig.open("realm1"))
            .build());
    private Peer subscriber;
    private Peer publisher;
    private long subscription;

    private static ListenerConfig.Builder listener() {
        return ListenerConfig.builder().host("127.0.0.1").port(0).rawSocketPings(true);
    }

    @BeforeEach
    void othersJoin() {
        subscriber = joinedDirectly();
        publisher = joinedDirectly();
        subscription = subscriber.subscribe(ALIVE);
    }

    @AfterEach
    void nothingIsLeft() {
        subscriber.close();
        publisher.close();
        Awaitility.await().until(() -> {
            router.clock().advance(Duration.ofSeconds(1));
            return router.router().connections() == 0;
        });
        router.expectIdle();
        assertThat(router.router().transportContext().limit().incoming().held()).isZero();
        router.close();
        lines.close();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsCutInMidMessageEndsItsSessionOnly(FaultyTransport transport) {
        try (FaultNetwork network = network(transport);
                Victim victim = new Victim(transport, network)) {
            network.cutAfter(2_000);
            victim.peer.publishUnacknowledged(TOPIC, "x".repeat(50_000));
            awaitSessionEnd();
            awaitEnd(transport);
            expectOthersServed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHalfOpenConnectionIsNoticedByPingsOrPolls(FaultyTransport transport) {
        try (FaultNetwork network = network(transport);
                Victim victim = new Victim(transport, network)) {
            victim.peer.subscribe(TOPIC);
            network.stop();
            expectOthersServed();
            awaitEnd(transport);
            assertThat(counters(transport).value(TransportCounter.PONGS_MISSED)).isEqualTo(1);
            assertThat(lines.with(" within "))
                    .singleElement()
                    .asString()
                    .matches("listener 127\\.0\\.0\\.1:\\d+ ends the " + transport.label.label()
                            + " connection of 127\\.0\\.0\\.1:\\d+: no (pong|poll) within \\d+ ms.*");
            expectOthersServed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSlowReaderLosesEventsAndIsEnded(FaultyTransport transport) {
        try (FaultNetwork network = network(transport);
                Victim victim = new Victim(transport, network)) {
            victim.peer.subscribe(TOPIC);
            network.stopToClients();
            for (int event = 0; event < FLOOD_EVENTS; event++) {
                publisher.publish(TOPIC, "x".repeat(FLOOD_BYTES));
            }
            assertThat(router.count(Counter.EVENTS_DROPPED)).isPositive();
            assertThat(lines.with("loses events")).hasSize(1);
            expectOthersServed();
            awaitEnd(transport);
            assertThat(counters(transport).value(TransportCounter.PONGS_MISSED)
                            + counters(transport).value(TransportCounter.WRITERS_STALLED))
                    .isEqualTo(1);
            expectOthersServed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSlowWriterIsServedAndHoldsNobodyUp(FaultyTransport transport) {
        try (FaultNetwork network = network(transport)) {
            network.passByteByByte();
            long received = router.count(TransportCounter.BYTES_RECEIVED);
            try (Victim victim = new Victim(transport, network)) {
                expectOthersServed();
                long subscription = victim.peer.subscribe(TOPIC);
                publisher.publish(TOPIC, "event");
                assertThat(victim.peer.expectEvent(subscription)).containsExactly("event");
                victim.peer.leave();
                assertThat(router.count(TransportCounter.BYTES_RECEIVED)).isGreaterThan(received);
            }
            awaitEnd(transport);
        }
    }

    @ParameterizedTest
    @EnumSource
    void garbageAfterAGoodHandshakeEndsTheSessionAndIsCounted(FaultyTransport transport) {
        long seed = System.nanoTime();
        byte[] garbage = new byte[1_000];
        new Random(seed).nextBytes(garbage);
        // The first byte is wrong in each transport, so that the router does not wait for more.
        garbage[0] = (byte) 0xFF;
        try (FaultNetwork network = network(transport);
                Victim victim = new Victim(transport, network)) {
            FaultyTransport.sendGarbage(victim.peer.transport(), garbage);
            awaitSessionEnd();
            awaitEnd(transport);
            assertThat(counters(transport).value(TransportCounter.INVALID_INPUT)
                            + counters(transport).value(TransportCounter.PROTOCOL_VIOLATIONS)
                            + router.router()
                                    .counters()
                                    .of(transport.openingLabel())
                                    .value(TransportCounter.PROTOCOL_VIOLATIONS))
                    .as("with seed %d", seed)
                    .isPositive();
            assertThat(lines.with("listener 127.0.0.1:")).isNotEmpty();
            expectOthersServed();
        }
    }

    private FaultNetwork network(FaultyTransport transport) {
        List<URI> uris = router.uris();
        return FaultNetwork.to(transport.encrypted ? uris.getLast() : uris.getFirst());
    }

    private Peer joinedDirectly() {
        Peer peer = new Peer(WebSocketTransport.open(router.uri(), Serializer.JSON));
        peer.join("realm1");
        return peer;
    }

    /** Waits for the end of the victim's session, without the clock. */
    private void awaitSessionEnd() {
        Awaitility.await().until(() -> router.router().sessions() == OTHERS);
    }

    /**
     * The clock goes on until only the connections of the others are left. They send something in each second, so that the router
     * never takes them for dead, however slow this machine is.
     */
    private void awaitEnd(FaultyTransport transport) {
        TransportCounters opening = router.router().counters().of(transport.openingLabel());
        int open = transport.openingLabel() == Transport.WEBSOCKET ? OTHERS : 0;
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> {
            router.clock().advance(Duration.ofSeconds(1));
            expectOthersServed();
            return router.router().sessions() == OTHERS
                    && router.router().connections() == OTHERS
                    && opening.value(TransportCounter.CONNECTIONS_OPENED)
                                    - opening.value(TransportCounter.CONNECTIONS_CLOSED)
                            == open;
        });
        Awaitility.await().until(() -> router.router().outboxBytes() == 0);
    }

    private void expectOthersServed() {
        subscriber.publish(ALIVE);
        publisher.publish(ALIVE, "event");
        assertThat(subscriber.expectEvent(subscription)).containsExactly("event");
    }

    private TransportCounters counters(FaultyTransport transport) {
        return router.router().counters().of(transport.label);
    }

    /** A client whose network is at fault. */
    private static final class Victim implements AutoCloseable {
        final Peer peer;
        private final FaultNetwork network;

        Victim(FaultyTransport transport, FaultNetwork network) {
            this.network = network;
            this.peer = new Peer(transport.open(network.uri()));
            peer.join("realm1");
        }

        /** Resets the network first: a client that waits for a response ends so. */
        @Override
        public void close() {
            network.close();
            peer.cut();
        }
    }
}
