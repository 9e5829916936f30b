package io.junctor.wamp.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void everyErrorHasADistinctStrictUri() {
        assertThat(Arrays.stream(WampError.values()).map(WampError::uri))
                .doesNotHaveDuplicates()
                .allMatch(UriRules.STRICT::isUri);
        assertThat(WampError.values()).allMatch(error -> !error.sentWhen().isBlank());
    }

    @Test
    void serializersAreFoundByTheirSubprotocol() {
        for (Serializer serializer : Serializer.values()) {
            assertThat(Serializer.ofSubprotocol(serializer.subprotocol())).contains(serializer);
        }
        assertThat(Serializer.ofSubprotocol("wamp.2.JSON")).isEmpty();
        assertThat(Serializer.JSON.isText()).isTrue();
        assertThat(Serializer.CBOR.isText()).isFalse();
    }

    @Test
    void aPayloadPrintsItsSizeButNotItsContents() {
        byte[] bytes = {'[', '4', '2', ']'};
        Payload payload = Payload.of(Serializer.JSON, Payload.ArgumentKinds.POSITIONAL, bytes, 0, bytes.length);
        assertThat(payload.toString()).contains("4 bytes").doesNotContain("42");
        assertThat(payload.fits(Serializer.JSON)).isTrue();
        assertThat(payload.fits(Serializer.CBOR)).isFalse();
        assertThat(Payload.NONE.fits(Serializer.CBOR)).isTrue();
    }
}
