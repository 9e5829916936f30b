package io.junctor.cluster.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.cluster.ClusterReport;
import io.junctor.cluster.NatsCluster;
import io.junctor.cluster.member.ClusterMember;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.cluster.ClusterConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.metrics.LabeledCounter;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.testkit.process.NatsBinary;
import io.junctor.testkit.process.NatsServer;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two routers on one NATS server, as a program opens them. */
@Tag("interop")
class NatsClusterTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String REGISTRY = "junctor_plant_registry";
    private static final RouterConfig CONFIG =
            RouterConfig.builder().realm(RealmConfig.open("realm1")).build();

    @TempDir
    private Path directory;

    private NatsServer server;
    private ClusterMember first;
    private ClusterMember second;
    private Router here;
    private Router there;

    @BeforeAll
    static void needsServer() {
        NatsBinary.missing().ifPresent(Assumptions::abort);
    }

    @BeforeEach
    void openRouters() {
        server = NatsServer.start(directory);
        first = NatsCluster.of(config("first"));
        second = NatsCluster.of(config("second"));
        here = Router.open(CONFIG, first);
        there = Router.open(CONFIG, second);
        assertThat(first.awaitInSync(PATIENCE)).isTrue();
        assertThat(second.awaitInSync(PATIENCE)).isTrue();
    }

    private ClusterConfig config(String node) {
        return ClusterConfig.builder("plant").node(node).server(server.url()).build();
    }

    @AfterEach
    void closeRouters() {
        here.close();
        there.close();
        first.close();
        second.close();
        server.close();
    }

    private static Peer join(Router router) {
        Peer peer = new Peer(MemoryTransport.open(router, Serializer.CBOR, ListenerLimits.DEFAULT));
        peer.join("realm1");
        return peer;
    }

    @Test
    void eventsAndCallsCrossRoutersAndProceduresOfARouterThatLeftAreFree() {
        await().atMost(PATIENCE).until(() -> gauge(first, "cluster_routers") == 2);
        Peer client = join(here);
        Peer other = join(there);
        long subscription = other.subscribe("com.topic");
        client.publish("com.topic", 1L);
        assertThat(other.expectEvent(subscription)).containsExactly(1L);
        other.register("com.procedure");
        long call = client.call("com.procedure", 2L);
        other.answer(other.expect(Invocation.class), 3L);
        assertThat(client.arguments(client.expectResult(call).payload()).positional())
                .containsExactly(3L);
        assertThat(first.counters())
                .filteredOn(counter -> counter.name().equals("cluster_messages_sent"))
                .filteredOn(counter -> counter.value().equals("events"))
                .extracting(LabeledCounter::count)
                .allSatisfy(count -> assertThat(count.getAsLong()).isPositive());

        there.close();
        second.close();
        await().atMost(PATIENCE).until(() -> gauge(first, "cluster_routers") == 1);
        client.register("com.procedure");
    }

    @Test
    void aLookTellsServersStreamsAndRouters() {
        ClusterReport report = NatsCluster.inspect(config(""), Instant.now());
        assertThat(report.problems()).isEmpty();
        assertThat(report.lines())
                .anySatisfy(line -> assertThat(line).startsWith("server " + server.url() + ": nats-server 2."))
                .contains("permissions: all that a router needs")
                .anySatisfy(line -> assertThat(line).startsWith("stream junctor_plant_registry: replicas 1, leader "))
                .anySatisfy(line -> assertThat(line).startsWith("router " + first.router() + ": first, seen "))
                .anySatisfy(line -> assertThat(line).startsWith("router " + second.router() + ": second, seen "));
    }

    @Test
    void aRouterIsInSyncAgainWhenTheServerIsBack() {
        server.kill();
        await().atMost(PATIENCE).until(() -> first.problem() != null);
        assertThat(first.admitsSessions()).isTrue();
        server.start();
        await().atMost(PATIENCE).until(() -> first.problem() == null && second.problem() == null);
        assertThat(first.counters())
                .filteredOn(counter -> counter.name().equals("cluster_reconnects"))
                .hasSize(3)
                .extracting(LabeledCounter::count)
                .allSatisfy(count -> assertThat(count.getAsLong()).isPositive());
    }

    @Test
    void aRegistryThatWasDeletedOrEmptiedIsFilledAgain() throws Exception {
        await().atMost(PATIENCE).until(() -> gauge(first, "cluster_routers") == 2);
        Peer caller = join(here);
        Peer callee = join(there);
        callee.register("com.procedure");
        try (Connection nats = Nats.connect(server.url())) {
            JetStreamManagement streams = nats.jetStreamManagement();
            streams.deleteStream(REGISTRY);
            awaitFilled(streams, caller, callee);
            streams.purgeStream(REGISTRY);
            awaitFilled(streams, caller, callee);
            assertThat(streams.getStreamInfo(REGISTRY).getConfiguration().getRepublish())
                    .isNotNull();
        }
    }

    /** Waits until the record of the procedure, in which its callee stands, is stored again. */
    private void awaitFilled(JetStreamManagement streams, Peer caller, Peer callee) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> streams.getStreamInfo(REGISTRY).getStreamState().getMsgCount() == 1);
        await().atMost(PATIENCE).until(() -> gauge(first, "cluster_registry_entries") == 1);
        long call = caller.call("com.procedure");
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(call);
        long request = caller.nextRequest();
        caller.send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri("com.procedure")));
        caller.expectError(Register.CODE, request, WampError.PROCEDURE_ALREADY_EXISTS);
    }

    private static long gauge(ClusterMember member, String name) {
        return member.gauges().stream()
                .filter(gauge -> gauge.name().equals(name))
                .mapToLong(gauge -> gauge.value().getAsLong())
                .sum();
    }
}
