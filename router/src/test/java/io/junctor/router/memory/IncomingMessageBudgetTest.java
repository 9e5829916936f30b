package io.junctor.router.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.memory.IncomingMessageBudget.Share;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncomingMessageBudgetTest {
    private static final int HALF = 500_000;

    private final List<Integer> refused = new ArrayList<>();
    private final List<Share> shares = new ArrayList<>();
    private final IncomingMessageBudget incoming = new IncomingMessageBudget(10 * HALF);

    @Test
    void halvesOfLargeMessagesAreBoundedHoweverManyConnectionsHoldThem() {
        for (int i = 0; i < 1_000; i++) {
            share(i).hold(HALF);
            assertThat(incoming.held()).isLessThanOrEqualTo(10 * HALF);
        }
        assertThat(refused).hasSize(990).startsWith(0, 1, 2).doesNotContain(999);
    }

    @Test
    void whoSendsWholeMessagesIsNotRefusedInFavourOfWhoDoesNot() {
        Share honest = share(0);
        for (int i = 1; i < 1_000; i++) {
            honest.hold(HALF);
            share(i).hold(HALF);
            honest.hold(0);
        }
        assertThat(refused).doesNotContain(0);
        assertThat(incoming.held()).isLessThanOrEqualTo(10 * HALF);
    }

    @Test
    void whoHoldsFewBytesIsNotRefusedInFavourOfThoseWhoHoldMany() {
        share(0).hold(IncomingMessageBudget.FREE_BYTES + 1);
        for (int i = 1; i < 1_000; i++) {
            share(i).hold(HALF);
        }
        assertThat(refused).startsWith(1, 2, 3).doesNotContain(0);
        assertThat(incoming.held()).isLessThanOrEqualTo(10 * HALF);
    }

    @Test
    void smallMessagesAreNotCounted() {
        share(0).hold(IncomingMessageBudget.FREE_BYTES);
        assertThat(incoming.held()).isZero();
        share(1).hold(IncomingMessageBudget.FREE_BYTES + 1);
        assertThat(incoming.held()).isEqualTo(IncomingMessageBudget.FREE_BYTES + 1);
        shares.get(1).hold(10);
        assertThat(incoming.held()).isZero();
    }

    private Share share(int number) {
        Share share = incoming.share(() -> {
            refused.add(number);
            shares.get(number).hold(0);
        });
        shares.add(share);
        return share;
    }
}
