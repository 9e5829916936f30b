package io.junctor.wamp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 4013, section 3, and one example of each table. */
class SaslPrepTest {
    @ParameterizedTest
    @CsvSource({"I\u00adX, IX", "user, user", "USER, USER", "\u00aa, a", "\u2168, IX", "a\u00a0b, a b", "a\u3000b, a b"
    })
    void namesAreNormalised(String text, String normal) {
        assertThat(SaslPrep.normalise(text)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0007", "\u06271", "\u0627a\u0628", "\ue000", "\ufdd0", "\u202e", "\u2028", "\ufffd", "a\ud800"
            })
    void prohibitedCharactersAreRefusedAndNotPrinted(String text) {
        assertThatThrownBy(() -> SaslPrep.normalise(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(text);
    }

    @Test
    void rightToLeftNamesAreAccepted() {
        assertThat(SaslPrep.normalise("\u0627\u0628")).isEqualTo("\u0627\u0628");
        assertThat(SaslPrep.normalise("\u06271\u0628")).isEqualTo("\u06271\u0628");
    }
}
