package io.junctor.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.cli.bench.session.BenchException;
import io.junctor.cli.bench.session.SelectorLoop;
import io.junctor.cli.bench.session.SessionFactory;
import io.junctor.cli.bench.session.SessionPlacement;
import io.junctor.cli.bench.session.TargetRouter;
import io.junctor.cli.bench.session.UrlScheme;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.Listener;
import io.junctor.server.RouterServer;
import io.junctor.server.tls.SelfSignedCertificate;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.io.PrintStream;
import java.net.URI;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The load generator over each transport of a real router. */
@Timeout(60)
class TransportLoadTest {
    private static final String CONFIG = """
            listen:
              - { port: 0, compression: true }
              - { unix: router.sock }
              - { port: 0, tls: { certificate: cert.pem, key: key.pem } }
              - { port: 0, protocols: [http] }
            realms:
              open:
                auth: { anonymous: { role: guest } }
                roles: { guest: { allow: [{ uri: "", match: prefix, actions: [call, register, publish, subscribe] }] } }
            """;

    @TempDir
    private Path directory;

    private final OperationStatistics tally = new OperationStatistics();
    private RouterServer server;
    private List<URI> urls;

    @BeforeEach
    void open() throws Exception {
        Instant now = Instant.now();
        SelfSignedCertificate made =
                SelfSignedCertificate.make(List.of("127.0.0.1"), now.minusSeconds(60), now.plusSeconds(600));
        Files.writeString(directory.resolve("cert.pem"), made.certificatePem());
        Files.writeString(directory.resolve("key.pem"), made.keyPem());
        Path file = Files.writeString(directory.resolve("realms.yaml"), CONFIG);
        server = RouterServer.start(((ConfigResult.Valid) ConfigFile.read(file)).config());
        urls = server.listeners().stream().map(Listener::uri).toList();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ws, JSON, --compression",
        "ws, MSGPACK, --batched",
        "ws, CBOR, --batched --compression",
        "ws, JSON, --http2",
        "wss, CBOR, --http2 --batched",
        "ws+unix, MSGPACK, ''",
        "ws+unix, CBOR, --http2",
        "unix, CBOR, ''",
        "tcp, MSGPACK, ''",
        "tls, JSON, ''",
        "http, CBOR, ''",
        "http, JSON, --batched",
        "https, MSGPACK, --batched"
    })
    void callsAndEventsComeBackOverEachTransport(String scheme, Serializer serializer, String options)
            throws Exception {
        LoadPlan plan = new LoadPlan(3, 4, 8, 3_000, 0, true, 0, 10_000_000);
        TargetRouter target = target(scheme, serializer, options);
        BenchResult calls = in(target, sessions -> run(plan, new RpcWorkload(plan, sessions, tally), sessions));
        BenchResult events = in(target, sessions -> run(plan, new PubSubWorkload(plan, 0, sessions, tally), sessions));
        BenchResult joins =
                in(target, sessions -> new JoinRun(plan, sessions, new OperationStatistics(), silent()).run(List.of()));
        assertThat(calls.isFlawless()).as(calls.problem()).isTrue();
        assertThat(events.isFlawless()).as(events.problem()).isTrue();
        assertThat(joins.operations()).isEqualTo(3);
        Transport transport = target.http2() ? Transport.WEBSOCKET_HTTP2 : transport(scheme);
        assertThat(server.router().counters().of(transport).value(TransportCounter.SESSIONS_JOINED))
                .isEqualTo(3 + 4 + 3 + 4 + 3);
    }

    /** Nothing of the 3,000 bytes of text in a message goes over the wire as it is. */
    @ParameterizedTest
    @EnumSource
    void compressionMakesMessagesSmaller(Serializer serializer) {
        LoadPlan plan = new LoadPlan(1, 1, 1, 3_000, 0, true, 0, 1_000_000);
        long plain = bytesOfACall(plan, new TargetRouter(urls.getFirst(), new Uri("open"), serializer));
        long compressed = bytesOfACall(
                plan, new TargetRouter(urls.getFirst(), new Uri("open"), serializer, null, false, true, false));
        assertThat(compressed).isLessThan(plain / 2);
    }

    private long bytesOfACall(LoadPlan plan, TargetRouter target) {
        long before = received();
        long done = tally.done();
        assertThat(in(target, sessions -> run(plan, new RpcWorkload(plan, sessions, tally), sessions))
                        .isFlawless())
                .isTrue();
        return (received() - before) / (tally.done() - done);
    }

    private long received() {
        return server.router().counters().value(TransportCounter.BYTES_RECEIVED);
    }

    @Test
    void aListenerWithoutTheTransportEndsTheRunWithASentence() {
        URI httpOnly = URI.create("tcp://127.0.0.1:" + urls.getLast().getPort());
        LoadPlan plan = new LoadPlan(1, 1, 1, 64, 0, true, 0, 0);
        assertThatThrownBy(() -> in(
                        new TargetRouter(httpOnly, new Uri("open"), Serializer.JSON),
                        sessions -> run(plan, new RpcWorkload(plan, sessions, tally), sessions)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("lost a connection");
        URI nowhere = URI.create("http://127.0.0.1:" + urls.getFirst().getPort() + "/nowhere");
        assertThatThrownBy(() -> in(
                        new TargetRouter(nowhere, new Uri("open"), Serializer.JSON),
                        sessions -> run(plan, new RpcWorkload(plan, sessions, tally), sessions)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("the request that opens a transport with status 404: This path does not exist");
    }

    private TargetRouter target(String scheme, Serializer serializer, String options) throws Exception {
        boolean batched = options.contains("--batched");
        boolean compressed = options.contains("--compression");
        boolean http2 = options.contains("--http2");
        boolean encrypted = UrlScheme.of(scheme).orElseThrow().isEncrypted();
        URI url = encrypted ? urls.get(2) : urls.getFirst();
        SSLContext trust = encrypted ? RouterOptions.trusting(directory.resolve("cert.pem")) : null;
        Path socket = directory.resolve("router.sock");
        if (UrlScheme.of(scheme).orElseThrow().isUnix()) {
            String suffix = transport(scheme) == Transport.RAWSOCKET ? "" : ":/ws";
            URI unix = URI.create(scheme + ":" + socket + suffix);
            return new TargetRouter(unix, new Uri("open"), serializer, null, false, false, http2);
        }
        String path = transport(scheme) == Transport.RAWSOCKET ? "" : "/ws";
        URI to = URI.create(scheme + "://127.0.0.1:" + url.getPort() + path);
        return new TargetRouter(to, new Uri("open"), serializer, trust, batched, compressed, http2);
    }

    private static Transport transport(String scheme) {
        return switch (UrlScheme.of(scheme).orElseThrow().protocol()) {
            case WEBSOCKET -> Transport.WEBSOCKET;
            case RAWSOCKET -> Transport.RAWSOCKET;
            case LONG_POLL -> Transport.LONGPOLL;
        };
    }

    private BenchResult run(LoadPlan plan, Workload workload, SessionFactory sessions) {
        return new LoadRun(plan, workload, sessions.loop(), tally, silent()).run("operation", List.of());
    }

    private static BenchResult in(TargetRouter target, Function<SessionFactory, BenchResult> run) {
        Codec codec = new Codecs(CodecLimits.DEFAULT).of(target.serializer());
        try (SelectorLoop loop = new SelectorLoop(target.compressed(), 64 << 10)) {
            return run.apply(new SessionFactory(loop, codec, new SessionPlacement(List.of(target), false), 10));
        }
    }

    private static ProgressDisplay silent() {
        return new ProgressDisplay(new PrintStream(PrintStream.nullOutputStream()), ProgressDisplay.Format.LINES);
    }
}
