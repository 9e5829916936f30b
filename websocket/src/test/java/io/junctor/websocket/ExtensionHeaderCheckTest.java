package io.junctor.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The docs page of WebSocket cases has more headers, which a router is asked with. */
class ExtensionHeaderCheckTest {
    @Test
    void elementsMayBeEmptyAndSpaceMayBeAroundThem() {
        for (String right : List.of("", " ", ",", "a", ",a,,b, ", "a;b", " a ; b = c ;d=\"e\" , f")) {
            assertThat(ExtensionHeaderCheck.isWellFormed(right)).as(right).isTrue();
        }
    }

    @Test
    void namesAndValuesAreTokens() {
        for (String wrong : List.of("a b", "a;", ";a", "a=b", "a;=b", "a;b=", "a;b=\"c d\"", "a;b=\"c", "a(b)", "ä")) {
            assertThat(ExtensionHeaderCheck.isWellFormed(wrong)).as(wrong).isFalse();
        }
    }

    /** A header has 8 KiB at most. */
    @Test
    void longHeadersAreRead() {
        assertThat(ExtensionHeaderCheck.isWellFormed("a,".repeat(4_096))).isTrue();
        assertThat(ExtensionHeaderCheck.isWellFormed("a" + ";a".repeat(4_095))).isTrue();
        assertThat(ExtensionHeaderCheck.isWellFormed("a;b=".repeat(2_048))).isFalse();
        assertThat(ExtensionHeaderCheck.isWellFormed("a ".repeat(4_096))).isFalse();
    }
}
