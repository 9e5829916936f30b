package io.junctor.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.cli.bench.session.BenchException;
import io.junctor.cli.bench.session.SelectorLoop;
import io.junctor.cli.bench.session.SessionFactory;
import io.junctor.cli.bench.session.SessionPlacement;
import io.junctor.cli.bench.session.TargetRouter;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.server.Listener;
import io.junctor.server.RouterServer;
import io.junctor.server.tls.SelfSignedCertificate;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over a real router. A rate makes the number of operations certain, however long they take. */
@Timeout(60)
class LoadTest {
    private static final String CONFIG = """
            listen:
              - { port: 0 }
              - { port: 0, tls: { certificate: cert.pem, key: key.pem } }
            realms:
              open:
                auth: { anonymous: { role: guest } }
                roles: { guest: { allow: [{ uri: "", match: prefix, actions: [call, register, publish, subscribe] }] } }
              mute:
                auth: { anonymous: { role: guest } }
                roles: { guest: { allow: [{ uri: "", match: prefix, actions: [register, subscribe] }] } }
              closed:
                auth: { anonymous: { role: guest } }
                roles: { guest: }
            limits: { sessions: 100 }
            """;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double RATE = 1000;
    private static final int OPERATIONS = 60;

    @TempDir
    private Path directory;

    private final OperationStatistics tally = new OperationStatistics();
    private RouterServer server;
    private URI url;
    private URI encrypted;

    @BeforeEach
    void open() throws Exception {
        Instant now = Instant.now();
        SelfSignedCertificate made =
                SelfSignedCertificate.make(List.of("127.0.0.1"), now.minusSeconds(60), now.plusSeconds(600));
        Files.writeString(directory.resolve("cert.pem"), made.certificatePem());
        Files.writeString(directory.resolve("key.pem"), made.keyPem());
        Files.writeString(directory.resolve("realms.yaml"), CONFIG);
        server = RouterServer.start(config());
        List<Listener> listeners = server.listeners();
        url = listeners.getFirst().uri();
        encrypted = listeners.getLast().uri();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void eachSlowOperationHasALine() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        OperationStatistics slow = new OperationStatistics(1_000, new PrintStream(lines, true, StandardCharsets.UTF_8));
        long now = System.nanoTime();
        slow.measureFrom(now - 3_000_000);

        slow.onDone(now - 4_000_000); // Due before the measuring.
        slow.onDone(now - 2_000_000);
        slow.onDone(System.nanoTime() + 1_000_000_000);

        assertThat(lines.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .matches("slow: due at \\S+Z, took \\d{4,} us");
    }

    @ParameterizedTest
    @EnumSource
    void everyCallOfAScheduleComesBack(Serializer serializer) {
        BenchResult outcome = rpc(target("open", serializer), scheduled(3, 2, true));

        assertThat(outcome.isFlawless()).as(outcome.problem()).isTrue();
        assertThat(tally.done()).isEqualTo(OPERATIONS);
        assertThat(outcome.latency().maxMicros()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void everySubscriberGetsEveryEvent(Serializer serializer) {
        BenchResult outcome = pubSub(target("open", serializer), scheduled(2, 5, true));

        assertThat(outcome.isFlawless()).as(outcome.problem()).isTrue();
        assertThat(tally.done()).isEqualTo(5 * OPERATIONS);
    }

    @Test
    void subscribersThatReadNothingCostTheOthersNoEvent() {
        LoadPlan plan = new LoadPlan(1, 2, 1, 60_000, RATE, true, 0, 400 * NANOS_PER_MILLI);

        BenchResult outcome = pubSub(target("open", Serializer.MSGPACK), plan, 2);

        assertThat(outcome.isFlawless()).as(outcome.problem()).isTrue();
        assertThat(tally.done()).isEqualTo(2 * 400);
        assertThat(server.router().counters().value(Counter.EVENTS_DROPPED)).isPositive();
    }

    @Test
    void fullWindowsAreAnsweredToTheLast() {
        TargetRouter target = target("open", Serializer.MSGPACK);
        LoadPlan plan = new LoadPlan(4, 1, 16, 4096, 0, false, 0, 0);

        assertThat(rpc(target, plan).lost()).isZero();
        assertThat(tally.done()).isEqualTo(64);
        assertThat(pubSub(target, plan).lost()).isZero();
        assertThat(tally.done()).isEqualTo(128);
        assertThat(tally.errors()).isZero();
    }

    @Test
    void encryptedWindowsAreAnsweredToTheLast() throws Exception {
        SSLContext trust = RouterOptions.trusting(directory.resolve("cert.pem"));
        TargetRouter target = new TargetRouter(encrypted, new Uri("open"), Serializer.MSGPACK, trust);
        LoadPlan plan = new LoadPlan(4, 4, 16, 40_000, 0, false, 0, 0);

        assertThat(rpc(target, plan).lost()).isZero();
        assertThat(tally.done()).isEqualTo(64);
        assertThat(pubSub(target, plan).lost()).isZero();
        assertThat(tally.done()).isEqualTo(64 + 4 * 64);
        assertThat(tally.errors()).isZero();
    }

    @Test
    void aRouterThatIsNotTrustedIsAFailure() throws Exception {
        TargetRouter target = new TargetRouter(encrypted, new Uri("open"), Serializer.JSON, SSLContext.getDefault());
        assertThatThrownBy(() -> rpc(target, scheduled(1, 1, true)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("cannot connect to wss://")
                .hasMessageContaining("PKIX path building failed");
    }

    @Test
    void sessionsJoinAndLeave() {
        BenchResult outcome = join(new LoadPlan(20, 1, 7, 64, 0, false, 0, 0));

        assertThat(outcome.isFlawless()).isTrue();
        assertThat(outcome.operations()).isEqualTo(20);
        assertThat(server.router().sessions()).isZero();
    }

    @Test
    void sessionsJoinOnASchedule() {
        assertThat(join(new LoadPlan(20, 1, 20, 64, RATE, false, 0, 0)).operations())
                .isEqualTo(20);
    }

    /** The two routers know nothing of each other, so what is sent to one does not arrive at the other. */
    @Test
    void sendersAndTheirPartnersAreApart() throws Exception {
        try (RouterServer other = RouterServer.start(config())) {
            SessionPlacement apart = new SessionPlacement(List.of(target(server), target(other)), true);
            LoadPlan plan = scheduled(2, 3, true);
            BenchResult events = inRoom(
                    apart, sessions -> run(plan, new PubSubWorkload(plan, 0, sessions, tally), sessions, "event"));
            assertThat(events.lost()).isEqualTo(3 * OPERATIONS);
            BenchResult calls =
                    inRoom(apart, sessions -> run(plan, new RpcWorkload(plan, sessions, tally), sessions, "call"));
            assertThat(calls.errors()).isEqualTo(OPERATIONS);
            assertThat(calls.problem()).isEqualTo("wamp.error.no_such_procedure");
        }
    }

    @Test
    void sessionsTakeTheRoutersInTurn() throws Exception {
        try (RouterServer other = RouterServer.start(config())) {
            TargetRouter first = target(server);
            TargetRouter second = target(other);
            SessionPlacement both = new SessionPlacement(List.of(first, second), false);
            assertThat(List.of(
                            both.ofSender(0), both.ofSender(1), both.ofSender(2), both.ofPartner(0), both.ofPartner(3)))
                    .containsExactly(first, second, first, first, second);
            LoadPlan plan = scheduled(2, 2, true);
            BenchResult calls =
                    inRoom(both, sessions -> run(plan, new RpcWorkload(plan, sessions, tally), sessions, "call"));
            assertThat(calls.isFlawless()).as(calls.problem()).isTrue();
        }
    }

    @Test
    void refusedCallsAndPublicationsAreErrorsThatAreNamed() {
        BenchResult calls = rpc(target("mute", Serializer.JSON), scheduled(1, 1, true));
        assertThat(calls.errors()).isEqualTo(OPERATIONS);
        assertThat(calls.problem()).isEqualTo("wamp.error.not_authorized");
        assertThat(calls.lost()).isZero();
        assertThat(calls.isFlawless()).isFalse();

        BenchResult publications = pubSub(target("mute", Serializer.JSON), scheduled(1, 3, true));
        assertThat(publications.errors()).isEqualTo(2 * OPERATIONS);
        assertThat(publications.lost()).isZero();
    }

    @Test
    void whatTheRouterDoesNotAllowEndsTheRunWithASentence() {
        assertThatThrownBy(() -> rpc(target("closed", Serializer.JSON), scheduled(1, 1, true)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("refused to register")
                .hasMessageEndingWith("wamp.error.not_authorized.");
        assertThatThrownBy(() -> rpc(target("elsewhere", Serializer.JSON), scheduled(1, 1, true)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("the router refused the session: wamp.error.no_such_realm");
        assertThatThrownBy(() -> rpc(
                        new TargetRouter(url.resolve("/nowhere"), new Uri("open"), Serializer.JSON),
                        scheduled(1, 1, true)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("did not accept the WebSocket")
                .hasMessageContaining("404");
    }

    private RouterConfig config() {
        return ConfigFile.read(directory.resolve("realms.yaml")).orThrow();
    }

    private static TargetRouter target(RouterServer router) {
        return new TargetRouter(router.listeners().getFirst().uri(), new Uri("open"), Serializer.MSGPACK);
    }

    private TargetRouter target(String realm, Serializer serializer) {
        return new TargetRouter(url, new Uri(realm), serializer);
    }

    private static LoadPlan scheduled(int connections, int partners, boolean acknowledged) {
        long half = OPERATIONS / 2 * NANOS_PER_MILLI;
        return new LoadPlan(connections, partners, 1, 64, RATE, acknowledged, half, half);
    }

    private BenchResult rpc(TargetRouter target, LoadPlan plan) {
        return inRoom(target, sessions -> run(plan, new RpcWorkload(plan, sessions, tally), sessions, "call"));
    }

    private BenchResult pubSub(TargetRouter target, LoadPlan plan) {
        return pubSub(target, plan, 0);
    }

    private BenchResult pubSub(TargetRouter target, LoadPlan plan, int stuck) {
        return inRoom(
                target, sessions -> run(plan, new PubSubWorkload(plan, stuck, sessions, tally), sessions, "event"));
    }

    private BenchResult join(LoadPlan plan) {
        TargetRouter target = target("open", Serializer.MSGPACK);
        return inRoom(target, sessions -> new JoinRun(plan, sessions, tally, silent()).run(List.of()));
    }

    private BenchResult run(LoadPlan plan, Workload workload, SessionFactory sessions, String unit) {
        return new LoadRun(plan, workload, sessions.loop(), tally, silent()).run(unit, List.of());
    }

    private static BenchResult inRoom(TargetRouter target, Function<SessionFactory, BenchResult> run) {
        return inRoom(new SessionPlacement(List.of(target), false), run);
    }

    private static BenchResult inRoom(SessionPlacement placement, Function<SessionFactory, BenchResult> run) {
        Codec codec = new Codecs(CodecLimits.DEFAULT).of(placement.any().serializer());
        try (SelectorLoop loop = new SelectorLoop(placement.isCompressed(), 64 << 10)) {
            return run.apply(new SessionFactory(loop, codec, placement, 10));
        }
    }

    private static ProgressDisplay silent() {
        return new ProgressDisplay(new PrintStream(PrintStream.nullOutputStream()), ProgressDisplay.Format.LINES);
    }
}
