package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.Client;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.CertificateRevocation;
import io.junctor.router.config.listener.ClientCertificates;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.OcspPolicy;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.testkit.tls.OcspResponder;
import io.junctor.testkit.tls.TestAuthority;
import io.junctor.testkit.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients with a revoked certificate are refused. */
@Timeout(60)
class CertificateRevocationTest {
    private static final TestCertificate SERVER = TestCertificate.LOCALHOST;
    private static final TestAuthority DEVICES = new TestAuthority("CN=Devices,O=Plant");
    private static final Duration LOOKED_TWICE = Duration.ofSeconds(11);

    private final TestCertificate good = DEVICES.issue("CN=door-1,O=Plant");
    private final TestCertificate bad = DEVICES.issue("CN=door-2,O=Plant");
    private final Instant tomorrow = Instant.now().plus(Duration.ofDays(1));

    @TempDir
    private Path directory;

    private Path list;

    @BeforeEach
    void nameTheList() {
        list = directory.resolve("devices.crl");
    }

    private TestRouter open(CertificateRevocation revocation) {
        TlsConfig tls = new TlsConfig(List.of(SERVER.files()), ClientCertificates.OPTIONAL, DEVICES.file(), revocation);
        return TestRouter.open(RouterConfig.builder()
                .listener(ListenerConfig.builder().port(0).tls(tls).build())
                .realm(RealmConfig.open("realm1"))
                .build());
    }

    private TestRouter openWithList() {
        return open(new CertificateRevocation(List.of(list), OcspPolicy.NONE));
    }

    private static void join(TestRouter router, TestCertificate shown) {
        Client.builder(router.uri().toString())
                .tls(shown.showing(SERVER))
                .build()
                .join()
                .close();
    }

    private static void expectRefused(TestRouter router, TestCertificate shown) {
        assertThatThrownBy(() -> join(router, shown)).hasMessageContaining("cannot connect");
    }

    private static long refused(TestRouter router) {
        return router.router().counters().value(Counter.CERTIFICATES_REVOKED);
    }

    @Test
    @Row("SEC-01")
    void aCertificateOnTheListDoesNotGetIn() {
        DEVICES.revoke(list, tomorrow, bad);
        try (TestRouter router = openWithList()) {
            join(router, good);
            assertThat(refused(router)).isZero();
            expectRefused(router, bad);
            assertThat(refused(router)).isEqualTo(1);
        }
    }

    @Test
    @Row("SEC-01")
    void aNewListIsUsedWithoutARestart() {
        DEVICES.revoke(list, tomorrow);
        try (TestRouter router = openWithList()) {
            join(router, good);
            join(router, bad);
            DEVICES.revoke(list, tomorrow, bad);
            router.clock().advance(LOOKED_TWICE);
            join(router, good);
            expectRefused(router, bad);
        }
    }

    @Test
    @Row("SEC-01")
    void withoutAListOfItsAuthorityACertificateDoesNotGetIn() {
        new TestAuthority("CN=Others").revoke(list, tomorrow);
        try (TestRouter router = openWithList()) {
            expectRefused(router, good);
            assertThat(refused(router)).isEqualTo(1);
        }
    }

    @Test
    @Row("SEC-01")
    void aListThatAnotherAuthorityHasSignedIsNotUsed() {
        new TestAuthority("CN=Devices,O=Plant").revoke(list, tomorrow);
        try (TestRouter router = openWithList()) {
            expectRefused(router, good);
        }
    }

    @Test
    @Row("SEC-01")
    void withoutAnAnswerByOcspThePolicyDecides() {
        // The certificates name no OCSP responder.
        try (TestRouter router = open(new CertificateRevocation(List.of(), OcspPolicy.SOFT_FAIL))) {
            join(router, good);
            assertThat(refused(router)).isZero();
        }
        try (TestRouter router = open(new CertificateRevocation(List.of(), OcspPolicy.HARD_FAIL))) {
            expectRefused(router, good);
            assertThat(refused(router)).isEqualTo(1);
        }
        // A current list does not replace an answer.
        DEVICES.revoke(list, tomorrow);
        try (TestRouter router = open(new CertificateRevocation(List.of(list), OcspPolicy.HARD_FAIL))) {
            expectRefused(router, good);
        }
    }

    @Test
    @Row("SEC-01")
    void theAnswerByOcspDecides() throws IOException {
        for (OcspPolicy policy : List.of(OcspPolicy.SOFT_FAIL, OcspPolicy.HARD_FAIL)) {
            try (OcspResponder responder = OcspResponder.start(DEVICES);
                    TestRouter router = open(new CertificateRevocation(List.of(), policy))) {
                TestCertificate door = DEVICES.issue("CN=door-3,O=Plant", responder.uri());
                TestCertificate stolen = DEVICES.issue("CN=door-4,O=Plant", responder.uri());
                responder.set(door, OcspResponder.Status.GOOD);
                responder.set(stolen, OcspResponder.Status.REVOKED);
                join(router, door);
                assertThat(responder.requests()).isEqualTo(1);
                assertThat(refused(router)).isZero();
                expectRefused(router, stolen);
                assertThat(responder.requests()).isEqualTo(2);
                assertThat(refused(router)).isEqualTo(1);

                responder.set(door, OcspResponder.Status.REVOKED);
                expectRefused(router, door);
            }
        }
    }

    @Test
    @Row("SEC-01")
    void anAnswerByOcspOfAnotherAuthorityIsNoAnswer() throws IOException {
        TestAuthority forger = new TestAuthority("CN=Devices,O=Plant");
        try (OcspResponder responder = OcspResponder.start(forger)) {
            TestCertificate door = DEVICES.issue("CN=door-5,O=Plant", responder.uri());
            responder.set(door, OcspResponder.Status.GOOD);
            try (TestRouter router = open(new CertificateRevocation(List.of(), OcspPolicy.HARD_FAIL))) {
                expectRefused(router, door);
            }
            responder.set(door, OcspResponder.Status.REVOKED);
            try (TestRouter router = open(new CertificateRevocation(List.of(), OcspPolicy.SOFT_FAIL))) {
                join(router, door);
            }
            assertThat(responder.requests()).isEqualTo(2);
        }
    }

    @Test
    @Row("SEC-01")
    void aCertificateThatOcspDoesNotKnowNeedsASoftPolicy() throws IOException {
        try (OcspResponder responder = OcspResponder.start(DEVICES)) {
            TestCertificate door = DEVICES.issue("CN=door-6,O=Plant", responder.uri());
            try (TestRouter router = open(new CertificateRevocation(List.of(), OcspPolicy.HARD_FAIL))) {
                expectRefused(router, door);
            }
            try (TestRouter router = open(new CertificateRevocation(List.of(), OcspPolicy.SOFT_FAIL))) {
                join(router, door);
            }
        }
    }
}
