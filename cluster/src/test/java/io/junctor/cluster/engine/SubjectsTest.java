package io.junctor.cluster.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SubjectsTest {
    @Test
    void patternsMatchTokenByToken() {
        assertThat(Subjects.matches("a.b", "a.b")).isTrue();
        assertThat(Subjects.matches("a.b", "a.bc")).isFalse();
        assertThat(Subjects.matches("a.b", "a.b.c")).isFalse();
        assertThat(Subjects.matches("a.b.c", "a.b")).isFalse();
        assertThat(Subjects.matches("*.b", "a.b")).isTrue();
        assertThat(Subjects.matches("*", "a.b")).isFalse();
        assertThat(Subjects.matches(">", "a.b")).isTrue();
        assertThat(Subjects.matches("a.>", "a")).isFalse();
        assertThat(Subjects.matches("a.*.>", "a.b.c.d")).isTrue();
    }

    @Test
    void anErrorSaysWhereTheSubjectIsWrong() {
        assertThatThrownBy(() -> Subjects.checkSubject("ab.c d"))
                .hasMessageContaining("character 3")
                .hasMessageContaining("ab.c d");
        assertThatThrownBy(() -> Subjects.checkSubject("a".repeat(2_001)))
                .hasMessageContaining("2000")
                .hasMessageContaining("2001");
        assertThatThrownBy(() -> Subjects.checkScope("a.b")).hasMessageContaining("a.b");
    }

    @Test
    void aRouterIdIsWrittenAsSixteenDigits() {
        assertThat(new RouterId(-1)).hasToString("ffffffffffffffff");
        assertThat(RouterId.parse("00000000000000ff")).isEqualTo(new RouterId(255));
        assertThatThrownBy(() -> RouterId.parse("ff")).isInstanceOf(IllegalArgumentException.class);
    }
}
