package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingSuggestionTest {
    private static final List<String> KNOWN = List.of("listen", "realms", "limits", "request_ids", "uri");

    @Test
    void typingMistakesAreNear() {
        assertThat(SpellingSuggestion.hint("realmz", KNOWN)).contains("'realms'");
        assertThat(SpellingSuggestion.hint("relams", KNOWN)).contains("'realms'");
        assertThat(SpellingSuggestion.hint("realm", KNOWN)).contains("'realms'");
        assertThat(SpellingSuggestion.hint("urn", KNOWN)).contains("'uri'");
    }

    @Test
    void caseAndDashesDoNotCount() {
        assertThat(SpellingSuggestion.hint("requestIds", KNOWN)).contains("'request_ids'");
        assertThat(SpellingSuggestion.hint("REQUEST-IDS", KNOWN)).contains("'request_ids'");
    }

    @Test
    void otherWordsAreNot() {
        assertThat(SpellingSuggestion.hint("users", KNOWN)).isEmpty();
        assertThat(SpellingSuggestion.hint("", KNOWN)).isEmpty();
    }

    @Test
    void distanceCountsSwapsAsOne() {
        assertThat(SpellingSuggestion.distance("", "abc")).isEqualTo(3);
        assertThat(SpellingSuggestion.distance("abcd", "abdc")).isEqualTo(1);
        assertThat(SpellingSuggestion.distance("kitten", "sitting")).isEqualTo(3);
    }
}
