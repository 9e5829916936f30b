package io.junctor.wamp.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DictTest {
    // MSG-04
    @Test
    void nullIsAbsentForEveryType() {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        entries.put("key", null);
        Dict dict = new Dict(entries);
        assertThat(dict.flag("key", true)).isTrue();
        assertThat(dict.text("key")).isNull();
        assertThat(dict.integer("key", 0)).isNull();
        assertThat(dict.id("key")).isNull();
        assertThat(dict.choice("key", MatchPolicy::ofWire, MatchPolicy.PREFIX)).isEqualTo(MatchPolicy.PREFIX);
        assertThat(dict.dict("key")).isEqualTo(Dict.EMPTY);
        assertThat(dict.texts("key")).isNull();
        assertThat(dict.ids("key")).isNull();
        assertThat(dict.dicts("key")).isNull();
    }

    // MSG-04
    @Test
    void anotherTypeIsAViolationThatNamesTheKey() {
        assertViolation(() -> Dict.of("key", 1L).flag("key", false), "'key' must be a boolean");
        assertViolation(() -> Dict.of("key", 1L).text("key"), "'key' must be a string");
        assertViolation(() -> Dict.of("key", true).integer("key", 0), "'key' must be an integer of at least 0");
        assertViolation(() -> Dict.of("key", 1.0).id("key"), "'key' must be an id, an integer from 1 to 2^53");
        assertViolation(() -> Dict.of("key", 0L).id("key"), "'key' must be an id, an integer from 1 to 2^53");
        assertViolation(() -> Dict.of("key", List.of()).dict("key"), "'key' must be a dictionary");
        assertViolation(() -> Dict.of("key", "a").texts("key"), "'key' must be a list");
        assertViolation(() -> Dict.of("key", List.of(1L)).texts("key"), "'key' must be a list of strings");
        assertViolation(
                () -> Dict.of("key", "x").choice("key", MatchPolicy::ofWire, MatchPolicy.EXACT),
                "'key' has an unknown value");
    }

    @Test
    void unknownEntriesAreKeptInOrder() {
        Dict dict =
                new Dict.Builder().put("b", 1L).put("known", 2L).put("a", 3L).build();
        assertThat(dict.without(Set.of("known")).entries().keySet()).containsExactly("b", "a");
        assertThat(dict.without(Set.of("a", "b", "known"))).isSameAs(Dict.EMPTY);
    }

    @Test
    void buildersOmitAbsentAndDefaultValues() {
        assertThat(new Dict.Builder().put("a", null).flag("b", false).build()).isSameAs(Dict.EMPTY);
        assertThat(Dict.of("a", 1L).with().flag("b", true).build().entries()).containsOnlyKeys("a", "b");
    }

    @Test
    void argumentsAreCopied() {
        List<@Nullable Object> positional = new ArrayList<>(List.of(1L));
        Arguments arguments = new Arguments(positional, Map.of());
        positional.add(2L);
        assertThat(arguments.positional()).containsExactly(1L);
    }

    private static void assertViolation(Runnable read, String text) {
        assertThatThrownBy(read::run)
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessage(text);
    }
}
