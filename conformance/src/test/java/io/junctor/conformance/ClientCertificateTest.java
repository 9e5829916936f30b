package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.Client;
import io.junctor.client.Session;
import io.junctor.client.auth.Authentication;
import io.junctor.client.auth.SslContextBuilder;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.listener.ClientCertificates;
import io.junctor.router.config.listener.KeyFiles;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.CertificateField;
import io.junctor.router.spi.CertificateMatch;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.DistinguishedName;
import io.junctor.router.spi.PeerCertificate;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.testkit.tls.TestAuthority;
import io.junctor.testkit.tls.TestCertificate;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Authentication by client certificates. */
@Timeout(60)
class ClientCertificateTest {
    private static final TestCertificate SERVER = TestCertificate.LOCALHOST;
    private static final TestAuthority DEVICES = new TestAuthority("CN=Devices,O=Plant");
    private static final TestAuthority STRANGERS = new TestAuthority("CN=Devices,O=Plant");
    private static final String DOOR = "CN=door-1,O=Plant";
    private static final AuthSource FLEET =
            new AuthSource.Holders(CertificateField.SUBJECT_CN, List.of(UserRealms.ROLE));

    private @Nullable TestRouter router;
    private int connected;

    @AfterEach
    void closeRouter() {
        if (router != null) {
            router.expectIdle();
            router.close();
        }
    }

    private void open(ClientCertificates wanted, Path trust, RealmConfig... realms) {
        TlsConfig tls = new TlsConfig(List.of(SERVER.files()), wanted, trust);
        router = TestRouter.open(RouterConfig.builder()
                .listener(ListenerConfig.builder().port(0).tls(tls).build())
                .realms(List.of(realms))
                .build());
    }

    private void open(AuthSource source) {
        open(
                ClientCertificates.OPTIONAL,
                DEVICES.file(),
                UserRealms.realm(AuthMethodConfig.of(AuthMethod.TLS, source)));
    }

    private void open(CertificateMatch door) {
        open(users(Map.of("door-1", door)));
    }

    private static AuthSource users(Map<String, CertificateMatch> marks) {
        Map<String, Principal> users = new HashMap<>();
        marks.forEach((authid, mark) ->
                users.put(authid, Principal.of(UserRealms.ROLE, new Credential.Certificates(List.of(mark)))));
        return new AuthSource.Users(users);
    }

    private static CertificateMatch subject(String name) {
        return new CertificateMatch(null, null, DistinguishedName.parse(name));
    }

    private static CertificateMatch san(String text) {
        return new CertificateMatch(null, CertificateMatch.San.parse(text), null);
    }

    private Peer connect(SSLContext tls) throws IOException {
        Serializer serializer = Serializer.values()[connected++ % Serializer.values().length];
        return new Peer(WebSocketTransport.open(Objects.requireNonNull(router).uri(), serializer, tls));
    }

    private Peer hello(TestCertificate shown, Map<String, Object> details) throws IOException {
        return UserRealms.hello(connect(shown.showing(SERVER)), List.of("tls"), details);
    }

    private Identity join(TestCertificate shown) throws IOException {
        return join(shown, Map.of());
    }

    private Identity join(TestCertificate shown, Map<String, Object> details) throws IOException {
        Peer peer = hello(shown, details);
        Welcome welcome = peer.expectWelcome();
        peer.close();
        return welcome.details().identity();
    }

    private void expectDenied(TestCertificate shown, Map<String, Object> details) throws IOException {
        expectDenied(hello(shown, details));
    }

    private static void expectDenied(Peer peer) {
        assertThat(peer.expectAbort(WampError.AUTHENTICATION_DENIED).details().message())
                .isEqualTo("the credentials are not accepted");
        peer.expectClosed();
        peer.close();
    }

    /** The alert comes after the client has finished the handshake: the next read or write fails. */
    private void expectNoConnection(SSLContext tls) {
        assertThatThrownBy(() -> connect(tls)).isInstanceOf(IOException.class);
    }

    @Test
    @Row("AUTH-07")
    void aCertificateOpensASessionWithoutAChallenge() throws IOException {
        TestCertificate door = DEVICES.issue(DOOR);
        open(CertificateMatch.of(PeerCertificate.of(door.certificate())));

        Identity identity = join(door);
        assertThat(identity.authid()).isEqualTo("door-1");
        assertThat(identity.authrole()).isEqualTo(UserRealms.ROLE);
        assertThat(identity.authmethod()).isEqualTo("tls");
        assertThat(identity.authprovider()).isEqualTo("static");
        assertThat(join(door, Map.of("authid", "door-1")).authid()).isEqualTo("door-1");
        expectDenied(DEVICES.issue(DOOR), Map.of());
    }

    @Test
    @Row({"AUTH-07", "AUTH-05"})
    void aMissingCertificateIsDeniedLikeAWrongOne() throws IOException {
        open(subject(DOOR));
        expectDenied(UserRealms.hello(connect(TestCertificate.trusting(SERVER)), List.of("tls"), Map.of()));
        expectDenied(UserRealms.hello(
                connect(TestCertificate.trusting(SERVER)), List.of("tls"), Map.of("authid", "door-1")));
        expectDenied(DEVICES.issue("CN=door-2,O=Plant"), Map.of());
        expectDenied(DEVICES.issue("CN=door-2,O=Plant"), Map.of("authid", "door-1"));
        expectDenied(DEVICES.issue("CN=door-2,O=Plant"), Map.of("authid", "nobody"));
    }

    @Test
    @Row({"AUTH-07", "AUTH-01"})
    void theFirstMethodThatTheRealmOffersIsUsedAlsoWithoutACertificate() throws IOException {
        AuthMethodConfig ticket = UserRealms.offer(
                AuthMethod.TICKET, Principal.of(UserRealms.ROLE, new Credential.Secret(UserRealms.SECRET)));
        AuthMethodConfig tls = AuthMethodConfig.of(AuthMethod.TLS, FLEET);
        open(ClientCertificates.OPTIONAL, DEVICES.file(), UserRealms.realm(new AuthConfig(null, List.of(ticket, tls))));
        Map<String, Object> anna = Map.of("authid", UserRealms.ANNA);

        expectDenied(UserRealms.hello(connect(TestCertificate.trusting(SERVER)), List.of("tls", "ticket"), anna));
        Peer other = UserRealms.hello(connect(TestCertificate.trusting(SERVER)), List.of("ticket", "tls"), anna);
        UserRealms.challenge(other, AuthMethod.TICKET);
        UserRealms.answer(other, UserRealms.SECRET).expectWelcome();
        other.close();
    }

    @Test
    @Row({"AUTH-07", "AUTH-08"})
    void aCertificateGrantsOnlyItsOwnAuthidAndRoles() throws IOException {
        Principal door = new Principal(
                null,
                List.of(UserRealms.ROLE, UserRealms.OTHER_ROLE),
                null,
                Dict.EMPTY,
                new Credential.Certificates(List.of(subject(DOOR))));
        open(new AuthSource.Users(Map.of("door-1", door, "door-2", Principal.of(UserRealms.ROLE, door.credential()))));
        TestCertificate shown = DEVICES.issue(DOOR);

        assertThat(join(shown, Map.of("authid", "door-1", "authrole", UserRealms.OTHER_ROLE))
                        .authrole())
                .isEqualTo(UserRealms.OTHER_ROLE);
        assertThat(join(shown, Map.of("authid", "door-2", "authrole", UserRealms.OTHER_ROLE))
                        .authrole())
                .isEqualTo(UserRealms.ROLE);
        assertThat(join(shown, Map.of("authid", "door-1", "authrole", "root")).authrole())
                .isEqualTo(UserRealms.ROLE);
        expectDenied(shown, Map.of());
    }

    @Test
    @Row("AUTH-07")
    void alternativeNamesAreComparedAsAWhole() throws IOException {
        open(users(Map.of(
                "by-dns", san("DNS:door-1.example.org"),
                "by-email", san("email:door@example.org"),
                "by-uri", san("uri:urn:dev:door:1"))));

        GeneralName other = new GeneralName(GeneralName.dNSName, "other.example.org");
        GeneralName dns = new GeneralName(GeneralName.dNSName, "Door-1.Example.org");
        assertThat(join(DEVICES.issue("CN=x", other, dns)).authid()).isEqualTo("by-dns");
        GeneralName email = new GeneralName(GeneralName.rfc822Name, "door@example.org");
        assertThat(join(DEVICES.issue("CN=x", email)).authid()).isEqualTo("by-email");
        GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, "urn:dev:door:1");
        assertThat(join(DEVICES.issue("CN=x", uri)).authid()).isEqualTo("by-uri");
        expectDenied(DEVICES.issue("CN=x", dns, email), Map.of());
        for (String name : List.of(
                "door-1.example.org\u0000.example.com",
                "door-1.example.org,other",
                "x.door-1.example.org",
                "door-1.example.org.",
                "*.example.org",
                "DNS:door-1.example.org")) {
            expectDenied(DEVICES.issue("CN=x", new GeneralName(GeneralName.dNSName, name)), Map.of());
        }
        expectDenied(DEVICES.issue("CN=x", new GeneralName(GeneralName.rfc822Name, "door-1.example.org")), Map.of());
        expectDenied(DEVICES.issue("CN=door-1.example.org"), Map.of());
    }

    @Test
    @Row("AUTH-07")
    void subjectsAreComparedByTheirPartsNotByTheirText() throws IOException {
        open(subject("CN=door-1, O=Plant\\, North"));

        X500Name name = new X500NameBuilder()
                .addRDN(BCStyle.O, "Plant, North")
                .addRDN(BCStyle.CN, "door-1")
                .build();
        assertThat(join(DEVICES.issue(name)).authid()).isEqualTo("door-1");
        X500NameBuilder oneCommonName = new X500NameBuilder().addRDN(BCStyle.CN, "door-1,O=Plant\\, North");
        X500NameBuilder turned =
                new X500NameBuilder().addRDN(BCStyle.CN, "door-1").addRDN(BCStyle.O, "Plant, North");
        X500NameBuilder more = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Plant, North")
                .addRDN(BCStyle.CN, "door-1")
                .addRDN(BCStyle.CN, "door-2");
        X500NameBuilder ended =
                new X500NameBuilder().addRDN(BCStyle.O, "Plant, North").addRDN(BCStyle.CN, "door-1\u0000");
        X500NameBuilder wide =
                new X500NameBuilder().addRDN(BCStyle.O, "Plant, North").addRDN(BCStyle.CN, "\uFF44oor-1");
        for (X500NameBuilder other : List.of(oneCommonName, turned, more, ended, wide)) {
            expectDenied(DEVICES.issue(other.build()), Map.of());
        }
    }

    @Test
    @Row("AUTH-07")
    void aFieldOfTheCertificateMayBeTheAuthid() throws IOException {
        open(FLEET);

        assertThat(join(DEVICES.issue("CN=door-7,O=Plant")).authid()).isEqualTo("door-7");
        assertThat(join(DEVICES.issue("CN=door-8"), Map.of("authid", "door-8")).authrole())
                .isEqualTo(UserRealms.ROLE);
        expectDenied(DEVICES.issue("CN=door-8"), Map.of("authid", "door-7"));
        expectDenied(DEVICES.issue("O=Plant"), Map.of());
        expectDenied(DEVICES.issue("CN=door-1,CN=door-2"), Map.of());
        assertThat(join(DEVICES.issue("CN=door-1,CN=door-2"), Map.of("authid", "door-2"))
                        .authid())
                .isEqualTo("door-2");
        for (String name : List.of("a\u0000", "a\nb", " ", "a\u202Eb")) {
            X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
            expectDenied(DEVICES.issue(subject), Map.of());
            expectDenied(DEVICES.issue(subject), Map.of("authid", name));
        }
    }

    @Test
    @Row("AUTH-07")
    void anAlternativeNameMayBeTheAuthid() throws IOException {
        open(new AuthSource.Holders(CertificateField.SAN_DNS, List.of(UserRealms.ROLE)));

        GeneralName one = new GeneralName(GeneralName.dNSName, "Door-1.example.org");
        GeneralName two = new GeneralName(GeneralName.dNSName, "door-2.example.org");
        assertThat(join(DEVICES.issue("CN=x", one)).authid()).isEqualTo("door-1.example.org");
        expectDenied(DEVICES.issue("CN=x", one, two), Map.of());
        assertThat(join(DEVICES.issue("CN=x", one, two), Map.of("authid", "door-2.example.org"))
                        .authid())
                .isEqualTo("door-2.example.org");
        expectDenied(DEVICES.issue("CN=x", one), Map.of("authid", "x"));
        expectDenied(DEVICES.issue("CN=x", new GeneralName(GeneralName.dNSName, "a".repeat(257))), Map.of());
    }

    @Test
    @Row("AUTH-07")
    void otherAuthoritiesAndSelfMadeCertificatesDoNotGetIn() {
        open(FLEET);

        TestCertificate selfMade = TestCertificate.of("door-1");
        TestCertificate foreign = STRANGERS.issue(DOOR);
        TestCertificate expired =
                DEVICES.issue(new X500Name(DOOR), Instant.now().minus(Duration.ofDays(1)));
        for (TestCertificate one : List.of(selfMade, foreign, expired)) {
            expectNoConnection(one.insisting(SERVER));
        }
    }

    @Test
    @Row("AUTH-07")
    void aCertificateThatIsTrustedByItselfHasToBeValidToo() throws IOException {
        Instant old = Instant.EPOCH.minus(Duration.ofDays(1));
        TestCertificate expired = TestCertificate.from(old.minus(Duration.ofDays(1)), old, "door-1");
        open(
                ClientCertificates.REQUIRED,
                expired.files().certificate(),
                UserRealms.realm(AuthMethodConfig.of(AuthMethod.TLS, FLEET)));
        expectDenied(UserRealms.hello(connect(expired.insisting(SERVER)), List.of("tls"), Map.of()));
    }

    @Test
    @Row("AUTH-07")
    void certificateDetailsInHelloAreDiscarded() throws IOException {
        open(subject(DOOR));
        Map<String, Object> forged = Map.of(
                "authid", "door-1",
                "authextra", Map.of("certificate", Map.of("subject", DOOR)),
                "transport", Map.of("auth", Map.of("certificate", Map.of("subject", DOOR))));
        expectDenied(DEVICES.issue("CN=door-2"), forged);
        expectDenied(UserRealms.hello(connect(TestCertificate.trusting(SERVER)), List.of("tls"), forged));
    }

    @Test
    @Row({"AUTH-07", "AUTH-DYN-01", "AUTH-DYN-02"})
    void anAuthenticatorProcedureGetsTheCertificate() throws IOException {
        AuthMethodConfig tls = AuthMethodConfig.of(
                AuthMethod.TLS, new AuthSource.Procedure(new Uri("com.example.authenticate"), null));
        open(
                ClientCertificates.OPTIONAL,
                DEVICES.file(),
                UserRealms.realm(new AuthConfig(UserRealms.OTHER_ROLE, List.of(tls))));
        Peer authenticator = connect(TestCertificate.trusting(SERVER));
        authenticator.join(Testbed.REALM);
        authenticator.register("com.example.authenticate");
        TestCertificate door = DEVICES.issue(DOOR, new GeneralName(GeneralName.dNSName, "door-1.example.org"));

        Peer peer = hello(door, Map.of());
        Invocation invocation = authenticator.expect(Invocation.class);
        Map<?, ?> details = (Map<?, ?>)
                authenticator.arguments(invocation.payload()).positional().get(2);
        Map<?, ?> transport = (Map<?, ?>) Objects.requireNonNull(details).get("transport");
        assertThat(String.valueOf(transport.get("peer"))).contains("127.0.0.1:");
        assertThat(transport.get("auth"))
                .isEqualTo(Map.of(
                        "certificate",
                        Map.of(
                                "fingerprint",
                                        PeerCertificate.of(door.certificate()).fingerprint(),
                                "subject", "CN=door-1,O=Plant",
                                "subject_cn", List.of("door-1"),
                                "san_dns", List.of("door-1.example.org"),
                                "san_email", List.of(),
                                "san_uri", List.of(),
                                "issuer", "CN=Devices,O=Plant")));
        authenticator.answer(invocation, Map.of("role", UserRealms.ROLE, "authid", "first door"));
        assertThat(peer.expectWelcome().details().identity().authid()).isEqualTo("first door");
        peer.close();

        Peer nameless = hello(door, Map.of());
        authenticator.answer(authenticator.expect(Invocation.class), UserRealms.ROLE);
        nameless.expectAbort(WampError.AUTHENTICATION_FAILED);
        nameless.expectClosed();
        nameless.close();
        // Without a certificate the procedure is not called.
        expectDenied(UserRealms.hello(connect(TestCertificate.trusting(SERVER)), List.of("tls"), Map.of()));
        authenticator.close();
    }

    @Test
    @Row("AUTH-07")
    void theJavaClientShowsItsCertificate() {
        open(users(Map.of("door-1", subject(DOOR), "also-1", subject(DOOR))));
        KeyFiles.Pem own = DEVICES.issue(DOOR).files();
        SSLContext tls = SslContextBuilder.create()
                .authorities(SERVER.files().certificate())
                .certificate(own.certificate(), own.key())
                .build();
        Client.Builder client =
                Client.builder(Objects.requireNonNull(router).uri().toString()).tls(tls);

        try (Session session =
                client.authentication(Authentication.tls("also-1")).build().join()) {
            assertThat(session.authid()).isEqualTo("also-1");
        }
        assertThatThrownBy(() ->
                        client.authentication(Authentication.tls()).build().join())
                .hasMessageContaining("wamp.error.authentication_denied");
    }

    @Test
    @Row({"AUTH-07", "AUTH-DYN-03"})
    void anAuthenticatorObjectGetsTheCertificate() throws Exception {
        BlockingQueue<PeerCertificate> told = new LinkedBlockingQueue<>();
        Authenticator authenticator = applicant -> {
            told.add(Objects.requireNonNull(applicant.transport().certificate()));
            return new AuthenticationDecision.Accepted(
                    new Principal("by program", List.of(UserRealms.ROLE), null, Dict.EMPTY, new Credential.Proven()));
        };
        open(new AuthSource.Program(authenticator));
        TestCertificate door = DEVICES.issue(DOOR);
        assertThat(join(door).authprovider()).isEqualTo("program");
        assertThat(told.take().x509()).isEqualTo(door.certificate());
    }
}
