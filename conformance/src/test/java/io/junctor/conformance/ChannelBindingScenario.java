package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.Client;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.client.auth.Authentication;
import io.junctor.client.auth.ChannelBindingMode;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.testkit.tls.TestCertificate;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.ChannelBinding;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.auth.ScramExchange;
import io.junctor.wamp.auth.ScramHeader;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Section 12: channel binding to one TLS connection. Not possible without TLS. */
class ChannelBindingScenario {
    private static final byte[] KEY = HexFormat.of().parseHex("07".repeat(32));
    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SALTED = ScramExchange.pbkdf2(UserRealms.SECRET, SALT, 4096);
    private static final String NONCE = "egVDf3DMJh0AAAAAAAAAAA==";
    private static final List<String> TYPES = List.of(ChannelBinding.EXPORTER, ChannelBinding.SERVER_END_POINT);

    private static final boolean EXPORTS = Runtime.version().feature() >= 25;

    /** The end of a connection at the client, with its channel bindings. */
    private record End(Peer peer, WebSocketTransport link) {
        static End open(Testbed testbed) {
            Assumptions.assumeTrue(EXPORTS, "needs Java 25");
            WebSocketTransport link = WebSocketTransport.open(testbed.uri(), testbed.nextSerializer());
            return new End(testbed.peerOn(link), link);
        }

        byte[] binding(String type) {
            return Objects.requireNonNull(link.channelBinding(type), type);
        }
    }

    private static Testbed open(Testbed testbed) {
        Credential keys = new Credential.PublicKeys(Set.of(Cryptosign.hex(Cryptosign.publicKey(KEY))));
        Credential password = new Credential.ScramSecret(
                new Credential.Kdf("pbkdf2", 4096, null),
                Base64Text.of(SALT),
                Base64Text.of(ScramExchange.storedKey(SALTED)),
                Base64Text.of(ScramExchange.serverKey(SALTED)));
        return testbed.realms(UserRealms.realm(
                UserRealms.offer(AuthMethod.CRYPTOSIGN, Principal.of(UserRealms.ROLE, keys)),
                UserRealms.offer(AuthMethod.SCRAM, Principal.of(UserRealms.ROLE, password))));
    }

    @Scenario({"AUTH-CS-04", "AUTH-CS-05"})
    void cryptosignIsBoundToTheTlsConnection(Testbed testbed) {
        open(testbed);
        if (!testbed.isEncrypted()) {
            Peer peer = cryptosign(testbed.connect(), ChannelBinding.EXPORTER);
            Dict extra = UserRealms.challenge(peer, AuthMethod.CRYPTOSIGN).extra();
            assertThat(extra.text("channel_binding")).isNull();
            UserRealms.answer(peer, Cryptosign.sign(KEY, bytes(extra), null)).expectWelcome();
            return;
        }
        End end = End.open(testbed);
        Dict extra = UserRealms.challenge(cryptosign(end.peer(), ChannelBinding.EXPORTER), AuthMethod.CRYPTOSIGN)
                .extra();
        assertThat(extra.text("channel_binding")).isEqualTo(ChannelBinding.EXPORTER);
        UserRealms.answer(end.peer(), Cryptosign.sign(KEY, bytes(extra), end.binding(ChannelBinding.EXPORTER)))
                .expectWelcome();
    }

    @Scenario({"AUTH-CS-04", "AUTH-CS-05"})
    void aBindingThatTheRouterLacksIsNotEchoed(Testbed testbed) {
        open(testbed);
        for (String type : List.of("tls-unique", ChannelBinding.SERVER_END_POINT, "x-unheard")) {
            Peer peer = cryptosign(testbed.connect(), type);
            Dict extra = UserRealms.challenge(peer, AuthMethod.CRYPTOSIGN).extra();
            assertThat(extra.text("channel_binding")).isNull();
            UserRealms.answer(peer, Cryptosign.sign(KEY, bytes(extra), null)).expectWelcome();
        }
    }

    @Scenario({"AUTH-CS-04", "AUTH-05"})
    void aSignatureForAnotherConnectionIsRefused(Testbed testbed) {
        testbed.requireTls();
        open(testbed);
        End victim = End.open(testbed);
        End intruder = End.open(testbed);
        Dict extra = UserRealms.challenge(cryptosign(intruder.peer(), ChannelBinding.EXPORTER), AuthMethod.CRYPTOSIGN)
                .extra();
        // The intruder passes its own challenge to the client, which signs it for another connection.
        String signed = Cryptosign.sign(KEY, bytes(extra), victim.binding(ChannelBinding.EXPORTER));
        expectDenied(intruder.peer(), signed, Dict.EMPTY);
        End unbound = End.open(testbed);
        Dict asked = UserRealms.challenge(cryptosign(unbound.peer(), ChannelBinding.EXPORTER), AuthMethod.CRYPTOSIGN)
                .extra();
        expectDenied(unbound.peer(), Cryptosign.sign(KEY, bytes(asked), null), Dict.EMPTY);
    }

    @Scenario({"AUTH-SCRAM-08", "AUTH-SCRAM-03", "AUTH-SCRAM-04"})
    void scramIsBoundToTheTlsConnection(Testbed testbed) {
        open(testbed);
        for (String type : TYPES) {
            if (testbed.isEncrypted()) {
                End end = End.open(testbed);
                String nonce = nonce(scram(end.peer(), type));
                prove(end.peer(), nonce, type, end.binding(type)).expectWelcome();
            } else {
                Peer peer = scram(testbed.connect(), type);
                Abort abort = peer.expectAbort(WampError.AUTHENTICATION_FAILED);
                assertThat(abort.details().extra().text("scram")).isEqualTo("unsupported-channel-binding-type");
                peer.expectClosed();
            }
        }
    }

    @Scenario({"AUTH-SCRAM-08", "AUTH-SCRAM-03", "AUTH-05"})
    void aScramProofForAnotherConnectionIsRefused(Testbed testbed) {
        testbed.requireTls();
        open(testbed);
        End victim = End.open(testbed);
        byte[] elsewhere = victim.binding(ChannelBinding.EXPORTER);
        End intruder = End.open(testbed);
        prove(
                intruder.peer(),
                nonce(scram(intruder.peer(), ChannelBinding.EXPORTER)),
                ChannelBinding.EXPORTER,
                elsewhere);
        Abort abort = intruder.peer().expectAbort(WampError.AUTHENTICATION_DENIED);
        assertThat(abort.details().extra().text("scram")).isEqualTo("channel-bindings-dont-match");
        intruder.peer().expectClosed();
        // The named channel differs from the proven one.
        End liar = End.open(testbed);
        String nonce = nonce(scram(liar.peer(), ChannelBinding.EXPORTER));
        byte[] proof = exchange(nonce, ScramHeader.bound(ChannelBinding.EXPORTER, elsewhere))
                .clientProof(SALTED);
        expectDenied(
                liar.peer(),
                Base64Text.of(proof),
                told(nonce, ChannelBinding.EXPORTER, liar.binding(ChannelBinding.EXPORTER)));
    }

    @Scenario({"AUTH-SCRAM-08", "AUTH-SCRAM-03"})
    void theBindingCannotBeLeftOutAfterwards(Testbed testbed) {
        testbed.requireTls();
        open(testbed);
        End end = End.open(testbed);
        String nonce = nonce(scram(end.peer(), ChannelBinding.EXPORTER));
        byte[] proof = exchange(nonce, ScramHeader.UNBOUND).clientProof(SALTED);
        expectDenied(end.peer(), Base64Text.of(proof), Dict.of("nonce", nonce));
    }

    @Scenario(
            value = {"AUTH-CS-04", "AUTH-CS-05", "AUTH-SCRAM-08", "AUTH-06"},
            on = Scenario.Where.ON_SOCKETS)
    void theJavaClientBindsWhereItCanAndLeavesWhereItHasTo(Testbed testbed) {
        open(testbed);
        Map<Authentication, Boolean> logins = Map.of(
                Authentication.cryptosign(UserRealms.ANNA, HexFormat.of().formatHex(KEY)),
                testbed.isEncrypted() && EXPORTS,
                Authentication.scram(UserRealms.ANNA, UserRealms.SECRET),
                testbed.isEncrypted());
        logins.forEach((login, holds) -> {
            try (Session session = client(testbed, login.channelBinding(ChannelBindingMode.IF_POSSIBLE))
                    .join()) {
                assertThat(session.authid()).isEqualTo(UserRealms.ANNA);
            }
            Client required = client(testbed, login.channelBinding(ChannelBindingMode.REQUIRED));
            if (holds) {
                required.join().close();
            } else {
                Assertions.assertThatThrownBy(required::join)
                        .isInstanceOfSatisfying(
                                WampException.class,
                                refused -> assertThat(refused.uri()).isEqualTo("wamp.error.cannot_authenticate"));
            }
        });
    }

    private static Client client(Testbed testbed, Authentication login) {
        Client.Builder client = Client.builder(testbed.uri().toString())
                .realm(Testbed.REALM)
                .authentication(login)
                .serializers(Serializer.CBOR);
        if (testbed.isEncrypted()) {
            client.tls(TestCertificate.trusting(TestCertificate.LOCALHOST));
        }
        return client.build();
    }

    private static Peer cryptosign(Peer peer, String type) {
        Map<String, Object> extra =
                Map.of("pubkey", Cryptosign.hex(Cryptosign.publicKey(KEY)), "channel_binding", type);
        return UserRealms.hello(peer, List.of("cryptosign"), Map.of("authid", UserRealms.ANNA, "authextra", extra));
    }

    private static byte[] bytes(Dict extra) {
        return Objects.requireNonNull(Cryptosign.parse(String.valueOf(extra.text("challenge"))));
    }

    private static Peer scram(Peer peer, String type) {
        Map<String, Object> extra = Map.of("nonce", NONCE, "channel_binding", type);
        return UserRealms.hello(peer, List.of("wamp-scram"), Map.of("authid", UserRealms.ANNA, "authextra", extra));
    }

    private static String nonce(Peer peer) {
        return String.valueOf(
                UserRealms.challenge(peer, AuthMethod.SCRAM).extra().text("nonce"));
    }

    private static ScramExchange exchange(String nonce, ScramHeader form) {
        return new ScramExchange(UserRealms.ANNA, NONCE, nonce, Base64Text.of(SALT), 4096, form);
    }

    private static Peer prove(Peer peer, String nonce, String type, byte[] binding) {
        byte[] proof = exchange(nonce, ScramHeader.bound(type, binding)).clientProof(SALTED);
        return peer.send(new Authenticate(Base64Text.of(proof), told(nonce, type, binding)));
    }

    private static Dict told(String nonce, String type, byte[] binding) {
        return new Dict.Builder()
                .put("nonce", nonce)
                .put("channel_binding", type)
                .put("cbind_data", Base64Text.of(binding))
                .build();
    }

    private static void expectDenied(Peer peer, String signature, Dict extra) {
        peer.send(new Authenticate(signature, extra));
        peer.expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
    }
}
