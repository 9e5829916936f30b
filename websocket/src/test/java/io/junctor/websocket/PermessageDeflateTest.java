package io.junctor.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Offers and answers of RFC 7692, section 7.1. */
class PermessageDeflateTest {
    private static final String NO_TAKEOVER = "; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "Permessage-Deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate;client_max_window_bits=10",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
            })
    void anOfferIsAnsweredWithoutContext(String offer) {
        PermessageDeflate agreed = PermessageDeflate.accept(List.of(offer)).orElseThrow();
        assertThat(agreed.response()).isEqualTo("permessage-deflate" + NO_TAKEOVER);
        assertThat(agreed.serverWindowBits()).isEqualTo(15);
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "15, 15", "'\"10\"', 10"})
    void theWindowThatTheClientAsksForIsKept(String offered, int windowBits) {
        PermessageDeflate agreed = PermessageDeflate.accept(
                        List.of("permessage-deflate; server_max_window_bits=" + offered))
                .orElseThrow();
        assertThat(agreed.serverWindowBits()).isEqualTo(windowBits);
        assertThat(agreed.response())
                .isEqualTo("permessage-deflate" + NO_TAKEOVER + "; server_max_window_bits=" + windowBits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-webkit-deflate-frame",
                "permessage-deflate; unknown",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=010",
                "permessage-deflate; client_max_window_bits=x",
                "permessage-deflate; client_max_window_bits; client_max_window_bits",
                "permessage-deflate;"
            })
    void anInvalidOfferIsDeclined(String offer) {
        assertThat(PermessageDeflate.accept(List.of(offer))).isEmpty();
    }

    @Test
    void theFirstValidOfferCounts() {
        PermessageDeflate agreed = PermessageDeflate.accept(List.of(
                        "x-other",
                        "permessage-deflate; server_max_window_bits=99",
                        "permessage-deflate; server_max_window_bits=9",
                        "permessage-deflate"))
                .orElseThrow();
        assertThat(agreed.serverWindowBits()).isEqualTo(9);
    }

    @Test
    void aMessageBeyondASmallWindowIsNotCompressed() {
        assertThat(new PermessageDeflate(8, true).mayCompress(256)).isTrue();
        assertThat(new PermessageDeflate(8, true).mayCompress(257)).isFalse();
        assertThat(new PermessageDeflate(15, true).mayCompress(1 << 20)).isTrue();
    }
}
