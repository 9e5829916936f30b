package io.junctor.router.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MailboxBacklogTest {
    private final Mailbox.Backlog backlog = new Mailbox.Backlog();

    @Test
    void operationsAndBytesAreCountedEach() {
        backlog.add(Integer.MAX_VALUE);
        backlog.add(Integer.MAX_VALUE);
        backlog.add(0);
        assertThat(backlog.operations()).isEqualTo(3);
        assertThat(backlog.bytes()).isEqualTo(2L * Integer.MAX_VALUE);

        backlog.remove(Integer.MAX_VALUE);
        assertThat(backlog.operations()).isEqualTo(2);
        assertThat(backlog.bytes()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void whatIsRemovedBeforeItIsAddedDisturbsNeither() {
        backlog.add(10);
        backlog.add(20);
        backlog.remove(1_000);
        assertThat(backlog.operations()).isEqualTo(1);
        assertThat(backlog.bytes()).isEqualTo(-970);
        assertThat(backlog.isBelow(2, 0)).isTrue();

        backlog.add(1_000);
        backlog.remove(10);
        backlog.remove(20);
        assertThat(backlog.operations()).isZero();
        assertThat(backlog.bytes()).isZero();
    }

    @Test
    void bothBoundsCount() {
        backlog.add(100);
        assertThat(backlog.isBelow(2, 101)).isTrue();
        assertThat(backlog.isBelow(1, 101)).isFalse();
        assertThat(backlog.isBelow(2, 100)).isFalse();
    }
}
