package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.Client;
import io.junctor.client.Session;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ClientCertificates;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.ConnectionAcceptor;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.server.Listener;
import io.junctor.server.ListenerBinding;
import io.junctor.testkit.tls.TestCertificate;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Certificates that a router sends and requests, and their renewal while it runs. */
@Timeout(60)
class CertificateTest {
    private static final Duration LOOKED_TWICE = Duration.ofSeconds(11);

    private final TestCertificate first = TestCertificate.of("localhost", "127.0.0.1");
    private final TestCertificate second = TestCertificate.of("localhost", "127.0.0.1");

    private static TestRouter open(TlsConfig tls) {
        ListenerConfig listener = ListenerConfig.builder().port(0).tls(tls).build();
        return TestRouter.open(RouterConfig.builder()
                .listener(listener)
                .realm(RealmConfig.open("realm1"))
                .build());
    }

    private static Session join(TestRouter router, SSLContext tls) {
        return Client.builder(router.uri().toString()).tls(tls).build().join();
    }

    /** Returns the certificate that the router sends to a client that trusts these. */
    private static Object shown(URI uri, String host, String protocol, TestCertificate... trusted) throws Exception {
        try (SSLSocket socket = (SSLSocket) TestCertificate.trusting(trusted)
                .getSocketFactory()
                .createSocket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            parameters.setProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    @Row("SEC-01")
    void certificateIsRenewedUnderLoadAndNoMessageIsLost() throws Exception {
        int most = 20_000;
        BlockingQueue<Integer> arrived = new LinkedBlockingQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (TestRouter router = open(first.config());
                Session subscriber = join(router, TestCertificate.trusting(first));
                Session publisher = join(router, TestCertificate.trusting(first))) {
            subscriber.subscribe("load", event -> arrived.add(event.argument(0, Integer.class)));
            Thread load = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < most && !stop.get(); i++) {
                    publisher.publish("load", i);
                }
                publisher.publish("load", -1);
            });
            expectNext(arrived, 0);

            second.copyTo(first.files());
            router.clock().advance(LOOKED_TWICE);
            assertThat(shown(router.uri(), "localhost", "TLSv1.3", second)).isEqualTo(second.certificate());
            join(router, TestCertificate.trusting(second)).close();
            assertThatThrownBy(() -> join(router, TestCertificate.trusting(first)))
                    .hasMessageContaining("SSLHandshakeException");

            stop.set(true);
            load.join();
            int expected = 1;
            for (int next = take(arrived); next != -1; next = take(arrived)) {
                assertThat(next).isEqualTo(expected);
                expected++;
            }
        }
    }

    private static void expectNext(BlockingQueue<Integer> arrived, int number) throws InterruptedException {
        assertThat(take(arrived)).isEqualTo(number);
    }

    private static int take(BlockingQueue<Integer> arrived) throws InterruptedException {
        Integer next = arrived.poll(20, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    @Row("SEC-01")
    void anInvalidNewCertificateIsRefusedAndTheOldOneStays() throws Exception {
        TestCertificate old = TestCertificate.from(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(1)), "localhost");
        TestCertificate own = TestCertificate.of("localhost", "127.0.0.1");
        try (TestRouter router = open(first.config())) {
            assertThat(shown(router.uri(), "localhost", "TLSv1.3", first)).isEqualTo(first.certificate());
            old.copyTo(first.files());
            router.clock().advance(LOOKED_TWICE);
            assertThat(shown(router.uri(), "localhost", "TLSv1.3", first)).isEqualTo(first.certificate());

            own.copyTo(first.files());
            router.clock().advance(LOOKED_TWICE);
            assertThat(shown(router.uri(), "localhost", "TLSv1.3", own)).isEqualTo(own.certificate());
        }
    }

    @Test
    @Row("SEC-01")
    void bothNewerVersionsOfTlsAreSpokenAndNoOther() throws Exception {
        try (TestRouter router = open(first.config())) {
            assertThat(shown(router.uri(), "localhost", "TLSv1.2", first)).isEqualTo(first.certificate());
            assertThat(shown(router.uri(), "localhost", "TLSv1.3", first)).isEqualTo(first.certificate());
            assertThatThrownBy(() -> shown(router.uri(), "localhost", "TLSv1.1", first))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    @Row("SEC-01")
    void theCertificateOfTheRequestedHostIsSent() throws Exception {
        TestCertificate shop = TestCertificate.of("shop.example.org");
        TestCertificate any = TestCertificate.of("*.example.net");
        TlsConfig tls = new TlsConfig(List.of(first.files(), shop.files(), any.files()), ClientCertificates.NONE, null);
        try (TestRouter router = open(tls)) {
            assertThat(shown(router.uri(), "shop.example.org", "TLSv1.3", shop)).isEqualTo(shop.certificate());
            assertThat(shown(router.uri(), "a.example.net", "TLSv1.2", any)).isEqualTo(any.certificate());
            assertThat(shown(router.uri(), "localhost", "TLSv1.3", first)).isEqualTo(first.certificate());
            assertThat(shown(router.uri(), "other.example.com", "TLSv1.3", first))
                    .isEqualTo(first.certificate());
        }
    }

    @Test
    @Row("SEC-01")
    void clientWithoutTheRequiredCertificateDoesNotGetIn() {
        TestCertificate device = TestCertificate.of("device-7");
        TlsConfig tls = new TlsConfig(
                List.of(first.files()),
                ClientCertificates.REQUIRED,
                device.files().certificate());
        try (TestRouter router = open(tls)) {
            join(router, device.showing(first)).close();
            assertThatThrownBy(() -> join(router, TestCertificate.trusting(first)))
                    .hasMessageContaining("cannot connect");
            assertThatThrownBy(() -> join(router, second.showing(first))).hasMessageContaining("cannot connect");
        }
    }

    @Test
    @Row("SEC-01")
    void optionalCertificateMayBeMissingButNotWrong() {
        TestCertificate device = TestCertificate.of("device-7");
        TestCertificate impostor = TestCertificate.of("device-7");
        TlsConfig tls = new TlsConfig(
                List.of(first.files()),
                ClientCertificates.OPTIONAL,
                device.files().certificate());
        try (TestRouter router = open(tls)) {
            join(router, device.showing(first)).close();
            join(router, TestCertificate.trusting(first)).close();
            // Its issuer has the name that the router requests, so the client sends it.
            assertThatThrownBy(() -> join(router, impostor.showing(first))).hasMessageContaining("cannot connect");
        }
    }

    @Test
    @Row("SEC-01")
    void theRouterSeesTheCertificateThatTheClientShows() throws Exception {
        TestCertificate device = TestCertificate.of("device-7");
        TlsConfig tls = new TlsConfig(
                List.of(first.files()),
                ClientCertificates.OPTIONAL,
                device.files().certificate());
        BlockingQueue<Connection> seen = new LinkedBlockingQueue<>();
        try (TestRouter router = TestRouter.open(
                        RouterConfig.builder().realm(RealmConfig.open("realm1")).build());
                Listener door = ListenerBinding.bind(
                        ListenerConfig.builder().port(0).tls(tls).build(),
                        watched(router.router().transportContext(), seen))) {
            Client.builder(door.uri().toString())
                    .tls(device.showing(first))
                    .build()
                    .join()
                    .close();
            Client.builder(door.uri().toString())
                    .tls(TestCertificate.trusting(first))
                    .build()
                    .join()
                    .close();
            assertThat(seen.take().certificate()).isEqualTo(device.certificate());
            assertThat(seen.take().certificate()).isNull();
        }
    }

    private static TransportContext watched(TransportContext exchange, BlockingQueue<Connection> seen) {
        ConnectionAcceptor acceptor = connection -> {
            seen.add(connection);
            return exchange.acceptor().accept(connection);
        };
        return new TransportContext(
                acceptor, exchange.counters(), exchange.timers(), exchange.limit(), exchange.gauges());
    }
}
