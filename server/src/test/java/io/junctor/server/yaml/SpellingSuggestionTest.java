package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestWordTest {
    private static final List<String> KNOWN = List.of("listen", "realms", "limits", "request_ids", "uri");

    @Test
    void typingMistakesAreNear() {
        assertThat(NearestWord.hint("realmz", KNOWN)).contains("'realms'");
        assertThat(NearestWord.hint("relams", KNOWN)).contains("'realms'");
        assertThat(NearestWord.hint("realm", KNOWN)).contains("'realms'");
        assertThat(NearestWord.hint("urn", KNOWN)).contains("'uri'");
    }

    @Test
    void caseAndDashesDoNotCount() {
        assertThat(NearestWord.hint("requestIds", KNOWN)).contains("'request_ids'");
        assertThat(NearestWord.hint("REQUEST-IDS", KNOWN)).contains("'request_ids'");
    }

    @Test
    void otherWordsAreNot() {
        assertThat(NearestWord.hint("users", KNOWN)).isEmpty();
        assertThat(NearestWord.hint("", KNOWN)).isEmpty();
    }

    @Test
    void distanceCountsSwapsAsOne() {
        assertThat(NearestWord.distance("", "abc")).isEqualTo(3);
        assertThat(NearestWord.distance("abcd", "abdc")).isEqualTo(1);
        assertThat(NearestWord.distance("kitten", "sitting")).isEqualTo(3);
    }
}
