package io.junctor.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest {
    private final MessageAssembler assembly = new MessageAssembler(1_000);

    @Test
    void partsBecomeOneMessageAndTheNextPartBeginsAnother() {
        assertThat(assembly.add(new byte[] {1, 2})).isTrue();
        assertThat(assembly.add(new byte[] {3})).isTrue();
        assertThat(assembly.length()).isEqualTo(3);
        assertThat(assembly.finish()).containsExactly(1, 2, 3);
        assembly.add(new byte[] {4});
        assertThat(assembly.finish()).containsExactly(4);
        assertThat(assembly.finish()).isEmpty();
    }

    @Test
    void aMessageMayHaveAsManyBytesAsTheLimitAndNoMore() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(assembly.add(new byte[1])).isTrue();
        }
        assertThat(assembly.add(new byte[1])).isFalse();
        assertThat(assembly.length()).isZero();
        assertThat(assembly.add(new byte[1_001])).isFalse();
    }

    @Test
    void aPartMayEndInsideASurrogatePair() {
        assembly.add("a\uD83D");
        assembly.add("\uDE00b");
        assertThat(new String(assembly.finish(), StandardCharsets.UTF_8)).isEqualTo("a\uD83D\uDE00b");
    }
}
