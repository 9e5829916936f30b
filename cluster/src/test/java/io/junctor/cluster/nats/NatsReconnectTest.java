package io.junctor.cluster.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Figure;
import io.junctor.cluster.engine.HealthListener;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Recorder;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.engine.WatcherLog;
import io.junctor.cluster.engine.Written;
import io.junctor.testkit.process.NatsBinary;
import io.junctor.testkit.process.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two routers notice of a server that dies and comes back, and of strange messages. */
@Tag("interop")
class NatsReconnectTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private NatsServer server;
    private Engine first;
    private Engine second;

    @BeforeAll
    static void needsServer() {
        NatsBinary.missing().ifPresent(Assumptions::abort);
    }

    @BeforeEach
    void connect() {
        server = NatsServer.start(directory);
        NatsEngines engines = new NatsEngines(NatsSettings.of("plant", server.url()));
        first = engines.open(new RouterId(1));
        second = engines.open(new RouterId(2));
        first.peers(Set.of(second.router()));
        second.peers(Set.of(first.router()));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        server.close();
    }

    @Test
    void lanesAndWatchersGoOnWhenTheServerIsBack() {
        List<String> news = new CopyOnWriteArrayList<>();
        first.onHealth(listener(news));
        WatcherLog log = new WatcherLog();
        second.records(Store.REGISTRY).watch(log);
        log.awaitCaughtUp();
        write(first, "a");
        log.awaitLines("a=1");
        Recorder recorder = new Recorder();
        Lane to = second.lane(Traffic.EVENTS, "realm", recorder);
        to.subscribe("topic");
        get(to.interestKnown());

        server.kill();
        await().atMost(PATIENCE).until(() -> !first.isConnected() && !second.isConnected());
        assertThat(get(first.records(Store.REGISTRY).create("b", bytes("1")))).isInstanceOf(Written.Unknown.class);
        server.start();
        await().atMost(PATIENCE).until(() -> first.isConnected() && second.isConnected());
        await().atMost(PATIENCE).until(() -> news.equals(List.of("lost", "connected")));

        get(to.interestKnown());
        first.lane(Traffic.EVENTS, "realm", new Recorder()).publish("topic", bytes("after"));
        recorder.awaitTexts(List.of("after"));
        await().atMost(PATIENCE).until(() -> write(first, "c"));
        log.awaitLines("a=1", "c=1");
    }

    @Test
    void aStreamThatIsMadeAnewIsNoticed() throws Exception {
        WatcherLog log = new WatcherLog();
        second.records(Store.REGISTRY).watch(log);
        log.awaitCaughtUp();
        write(first, "a");
        log.awaitLines("a=1");
        try (Connection connection = Nats.connect(server.url())) {
            var management = connection.jetStreamManagement();
            var settings = management.getStreamInfo("junctor_plant_registry").getConfiguration();
            management.deleteStream("junctor_plant_registry");
            management.addStream(settings);
        }
        await().atMost(PATIENCE).until(() -> log.lines().contains("a deleted"));
    }

    @Test
    void messagesThatAreNotOfARouterAreDropped() throws Exception {
        Recorder recorder = new Recorder();
        Lane to = second.lane(Traffic.EVENTS, "realm", recorder);
        to.subscribe("topic");
        get(to.interestKnown());
        byte[] tooNew = Frame.whole(new RouterId(9), 1, bytes("too new"));
        tooNew[2] = 99;
        try (Connection connection = Nats.connect(server.url())) {
            String subject = "junctor.plant.1.m.events.realm.topic";
            connection.publish(subject, new byte[0]);
            connection.publish(subject, bytes("a text that is no frame at all"));
            connection.publish(subject, tooNew);
            connection.publish(subject, Frame.whole(new RouterId(9), 2, bytes("good")));
            connection.publish(subject, Frame.whole(new RouterId(9), 1, bytes("late")));
            connection.publish("junctor.plant.1.q.events", bytes("?"));
            connection.publish("junctor.plant.1.f.registry.x", bytes("?"));
            connection.flush(PATIENCE);
        }
        recorder.awaitTexts(List.of("good"));
        first.lane(Traffic.EVENTS, "realm", new Recorder()).publish("topic", bytes("next"));
        recorder.awaitTexts(List.of("good", "next"));
    }

    @Test
    void messagesThatNoRouterSendsAreCounted() throws Exception {
        Lane to = second.lane(Traffic.EVENTS, "realm", new Recorder());
        to.subscribe("topic");
        get(to.interestKnown());
        try (Connection connection = Nats.connect(server.url())) {
            Headers headers = new Headers().add("key", "value");
            byte[] frame = Frame.whole(new RouterId(9), 1, bytes("with headers"));
            connection.publish("junctor.plant.1.m.events.realm.topic", headers, frame);
            connection.publish("junctor.plant.1.u.events." + second.router() + ".1", bytes("no report"));
            connection.flush(PATIENCE);
        }
        await().atMost(PATIENCE).until(() -> second.figure(Traffic.EVENTS, Figure.DROPPED_UNREADABLE) == 2);
    }

    /** A server that was stopped sends on what it got of a connection that the router has replaced meanwhile. */
    @Test
    void ownMessagesThatComeBackFromALostConnectionAreDropped() throws Exception {
        Recorder recorder = new Recorder();
        Lane to = second.lane(Traffic.EVENTS, "realm", recorder);
        to.subscribe("topic");
        get(to.interestKnown());
        try (Connection connection = Nats.connect(server.url())) {
            String subject = "junctor.plant.1.m.events.realm.topic";
            connection.publish(subject, Frame.whole(second.router(), 1, bytes("own")));
            connection.publish(subject, Frame.whole(new RouterId(9), 1, bytes("of another router")));
            connection.flush(PATIENCE);
        }
        recorder.awaitTexts(List.of("of another router"));
    }

    private static boolean write(Engine engine, String key) {
        return get(engine.records(Store.REGISTRY).put(key, bytes("1"))) instanceof Written.Accepted;
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static HealthListener listener(List<String> news) {
        return new HealthListener() {
            @Override
            public void onConnected() {
                news.add("connected");
            }

            @Override
            public void onDisconnected(String reason) {
                news.add("lost");
            }
        };
    }
}
