package io.junctor.cluster.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SubjectSyntaxTest {
    @Test
    void patternsMatchTokenByToken() {
        assertThat(SubjectSyntax.matches("a.b", "a.b")).isTrue();
        assertThat(SubjectSyntax.matches("a.b", "a.bc")).isFalse();
        assertThat(SubjectSyntax.matches("a.b", "a.b.c")).isFalse();
        assertThat(SubjectSyntax.matches("a.b.c", "a.b")).isFalse();
        assertThat(SubjectSyntax.matches("*.b", "a.b")).isTrue();
        assertThat(SubjectSyntax.matches("*", "a.b")).isFalse();
        assertThat(SubjectSyntax.matches(">", "a.b")).isTrue();
        assertThat(SubjectSyntax.matches("a.>", "a")).isFalse();
        assertThat(SubjectSyntax.matches("a.*.>", "a.b.c.d")).isTrue();
    }

    @Test
    void anErrorSaysWhereTheSubjectIsWrong() {
        assertThatThrownBy(() -> SubjectSyntax.checkSubject("ab.c d"))
                .hasMessageContaining("character 3")
                .hasMessageContaining("ab.c d");
        assertThatThrownBy(() -> SubjectSyntax.checkSubject("a".repeat(2_001)))
                .hasMessageContaining("2000")
                .hasMessageContaining("2001");
        assertThatThrownBy(() -> SubjectSyntax.checkScope("a.b")).hasMessageContaining("a.b");
    }

    @Test
    void aRouterIdIsWrittenAsSixteenDigits() {
        assertThat(new RouterId(-1)).hasToString("ffffffffffffffff");
        assertThat(RouterId.parse("00000000000000ff")).isEqualTo(new RouterId(255));
        assertThatThrownBy(() -> RouterId.parse("ff")).isInstanceOf(IllegalArgumentException.class);
    }
}
