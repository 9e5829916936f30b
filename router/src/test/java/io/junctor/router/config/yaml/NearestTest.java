package io.junctor.router.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("listen", "realms", "limits", "request_ids", "uri");

    @Test
    void typingMistakesAreNear() {
        assertThat(Nearest.find("realmz", KNOWN)).contains("realms");
        assertThat(Nearest.find("relams", KNOWN)).contains("realms");
        assertThat(Nearest.find("realm", KNOWN)).contains("realms");
        assertThat(Nearest.find("urn", KNOWN)).contains("uri");
    }

    @Test
    void caseAndDashesDoNotCount() {
        assertThat(Nearest.find("requestIds", KNOWN)).contains("request_ids");
        assertThat(Nearest.find("REQUEST-IDS", KNOWN)).contains("request_ids");
    }

    @Test
    void otherWordsAreNot() {
        assertThat(Nearest.find("users", KNOWN)).isEmpty();
        assertThat(Nearest.find("", KNOWN)).isEmpty();
    }

    @Test
    void distanceCountsSwapsAsOne() {
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("abcd", "abdc")).isEqualTo(1);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }
}
