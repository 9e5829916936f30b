package io.junctor.router.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthSource;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a connection keeps of {@code HELLO}. */
class HelloSummaryTest {
    private static final String LONG = "x".repeat(60_000);

    @Test
    void eachTextIsCut() {
        HelloSummary request =
                HelloSummary.of(hello("[1,\"" + LONG + "\",{\"roles\":{\"caller\":{}},\"authmethods\":[\"" + LONG
                        + "\"],\"authid\":\"" + LONG + "\",\"authrole\":\"" + LONG + "\"}]"));

        assertThat(List.of(request.realm(), request.methods(), request.authid(), request.authrole()))
                .allMatch(text -> text.length() == 257);
    }

    @Test
    void ofAuthextraOnlyThatStaysWhichTheMethodReads() {
        Dict sent = Dict.of("nonce", "abc")
                .with()
                .put("x_more", List.of(LONG))
                .put("pubkey", List.of(LONG))
                .build();

        assertThat(HelloCredentials.needed(sent, new AuthSource.Procedure(new Uri("a.b"), null)))
                .isSameAs(sent);
        assertThat(HelloCredentials.needed(
                                sent,
                                new AuthSource.Holders(
                                        io.junctor.router.spi.CertificateField.values()[0], List.of("role")))
                        .entries())
                .containsOnlyKeys("nonce", "pubkey")
                .containsEntry("pubkey", true);
    }

    private static Hello hello(String message) {
        return (Hello) new Codecs(CodecLimits.DEFAULT)
                .of(Serializer.JSON)
                .decodeFromClient(message.getBytes(StandardCharsets.UTF_8));
    }
}
