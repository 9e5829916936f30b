package io.junctor.router.config.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {
    private static final Uri DEVICE = new Uri("device.{authid}.state");

    @ParameterizedTest
    @ValueSource(strings = {"anna", "Anna-1", "anna@example", "*", "wamp2", "å"})
    void authidThatIsOnePartStandsInItsPlace(String authid) {
        assertThat(UriTemplate.filled(DEVICE, authid, "user")).isEqualTo(new Uri("device." + authid + ".state"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.b", "a b", "a\tb", "a#b", "{authrole}", "a{", "}", "wamp"})
    void authidThatIsNoneFitsNowhere(String authid) {
        assertThat(UriTemplate.filled(DEVICE, authid, "user")).isNull();
        assertThat(UriTemplate.filled(new Uri("role.{authrole}"), authid, "user"))
                .isEqualTo(new Uri("role.user"));
    }

    @Test
    void whatIsPutInIsNotReadAgain() {
        assertThat(UriTemplate.filled(new Uri("{authrole}.{authid}"), "anna", "{authid}"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "device.{authid}x, exact",
        "device.{authid, exact",
        "device.{AUTHID}, exact",
        "device.{session}, exact",
        "device.{}, exact",
        "device.{authid}, prefix",
        "{authrole}, prefix",
    })
    void otherBracesAreRefused(String uri, String match) {
        assertThatThrownBy(() -> new Rule(new Uri(uri), MatchPolicy.ofWire(match), Set.of(Action.CALL), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{authid}");
    }
}
