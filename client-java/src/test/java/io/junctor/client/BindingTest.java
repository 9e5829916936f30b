package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.junctor.client.auth.Authentication;
import io.junctor.client.auth.ChannelBindingMode;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.auth.ScramExchange;
import io.junctor.wamp.auth.ScramHeader;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.value.Dict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AUTH-CS-04, AUTH-CS-05, AUTH-SCRAM-08: channel binding by the client, on connections with and without it. */
class BindingTest {
    private static final String CANNOT = "wamp.error.cannot_authenticate";
    private static final String EXPORTER = "tls-exporter";
    private static final byte[] CHANNEL = bytes(5);
    private static final byte[] CHALLENGE = bytes(6);
    private static final Authentication SIGNED = Authentication.cryptosign("anna", "07".repeat(32));
    private static final Authentication KNOWN = Authentication.scram("anna", "pencil");

    private final ScriptedSession scripted = ScriptedSession.unjoined();

    private static byte[] bytes(int each) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) each);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(names = {"IF_POSSIBLE", "REQUIRED"})
    void theSignatureCoversTheChannelIfTheRouterBindsIt(ChannelBindingMode wish) {
        scripted.router.bind(EXPORTER, CHANNEL);
        var joining = scripted.with(builder -> builder.authentication(SIGNED.channelBinding(wish)))
                .joinAsync();
        assertThat(scripted.router.expect(Hello.class).details().authextra().text("channel_binding"))
                .isEqualTo(EXPORTER);
        scripted.router.send(challenge(EXPORTER));
        assertThat(scripted.router.expect(Authenticate.class).signature()).isEqualTo(signed(CHANNEL));
        joining.cancel(false);
    }

    @Test
    void aRouterWithoutChannelBindingIsLeftIfBindingIsRequired() {
        scripted.router.bind(EXPORTER, CHANNEL);
        var joining = scripted.with(
                        builder -> builder.authentication(SIGNED.channelBinding(ChannelBindingMode.REQUIRED)))
                .joinAsync();
        scripted.router.expect(Hello.class);
        scripted.router.send(new Challenge("cryptosign", Dict.of("challenge", Cryptosign.hex(CHALLENGE))));
        assertThat(scripted.router.expect(Abort.class).reason().text()).isEqualTo(CANNOT);
        assertThat(ScriptedSession.failure(joining).uri()).isEqualTo(CANNOT);
    }

    @Test
    void aRouterWithoutChannelBindingIsAcceptedIfBindingIsOptional() {
        scripted.router.bind(EXPORTER, CHANNEL);
        var joining = scripted.with(
                        builder -> builder.authentication(SIGNED.channelBinding(ChannelBindingMode.IF_POSSIBLE)))
                .joinAsync();
        scripted.router.expect(Hello.class);
        scripted.router.send(new Challenge("cryptosign", Dict.of("challenge", Cryptosign.hex(CHALLENGE))));
        assertThat(scripted.router.expect(Authenticate.class).signature()).isEqualTo(signed(null));
        joining.cancel(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-unique", ""})
    void aRouterThatBindsToSomethingElseIsLeft(String type) {
        scripted.router.bind(EXPORTER, CHANNEL);
        var joining = scripted.with(
                        builder -> builder.authentication(SIGNED.channelBinding(ChannelBindingMode.IF_POSSIBLE)))
                .joinAsync();
        scripted.router.expect(Hello.class);
        scripted.router.send(challenge(type));
        assertThat(scripted.router.expect(Abort.class).reason().text()).isEqualTo(CANNOT);
        assertThat(ScriptedSession.failure(joining).uri()).isEqualTo(CANNOT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsSentOverAConnectionThatLacksWhatIsNeeded(boolean signs) {
        Authentication login = (signs ? SIGNED : KNOWN).channelBinding(ChannelBindingMode.REQUIRED);
        var joining = scripted.with(builder -> builder.authentication(login)).joinAsync();
        WampException failure = ScriptedSession.failure(joining);
        assertThat(failure.uri()).isEqualTo(CANNOT);
        assertThat(failure).hasMessageContaining(EXPORTER);
        assertThat(scripted.router.isOver()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {EXPORTER, "tls-server-end-point"})
    void aPasswordIsProvenForTheChannel(String type) {
        scripted.router.bind(type, CHANNEL);
        var joining = scripted.with(
                        builder -> builder.authentication(KNOWN.channelBinding(ChannelBindingMode.REQUIRED)))
                .joinAsync();
        Dict hello = scripted.router.expect(Hello.class).details().authextra();
        assertThat(hello.text("channel_binding")).isEqualTo(type);
        String nonce = hello.text("nonce");
        byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        Dict.Builder extra = new Dict.Builder().put("nonce", nonce + "AAAA").put("salt", Base64Text.of(salt));
        scripted.router.send(new Challenge(
                "wamp-scram",
                extra.put("kdf", "pbkdf2").put("iterations", 4096L).build()));
        Authenticate answer = scripted.router.expect(Authenticate.class);
        assertThat(answer.extra().entries())
                .containsEntry("channel_binding", type)
                .containsEntry("cbind_data", Base64Text.of(CHANNEL));
        ScramHeader form = ScramHeader.bound(type, CHANNEL);
        ScramExchange exchange = new ScramExchange("anna", nonce, nonce + "AAAA", Base64Text.of(salt), 4096, form);
        assertThat(answer.signature())
                .isEqualTo(Base64Text.of(exchange.clientProof(ScramExchange.pbkdf2("pencil", salt, 4096))));
        joining.cancel(false);
    }

    @Test
    void methodsThatSendASecretCannotBeBound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authentication.ticket("anna", "pencil").channelBinding(ChannelBindingMode.REQUIRED))
                .withMessageContaining("ticket");
    }

    private static Challenge challenge(String binding) {
        Dict.Builder extra = new Dict.Builder().put("challenge", Cryptosign.hex(CHALLENGE));
        return new Challenge("cryptosign", extra.put("channel_binding", binding).build());
    }

    private static String signed(byte[] channel) {
        return Cryptosign.sign(HexFormat.of().parseHex("07".repeat(32)), CHALLENGE, channel);
    }
}
