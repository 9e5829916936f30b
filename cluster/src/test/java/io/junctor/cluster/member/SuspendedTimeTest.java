package io.junctor.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.Store;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuspendedTimeTest {
    private final Members members = new Members();
    private final Members.Started first = members.start(1);

    @AfterEach
    void stopRouters() {
        members.close();
    }

    @Test
    void theTimeBeforeARouterHasComeInDoesNotCount() {
        assertThat(seconds("unconnected")).isZero();
        assertThat(seconds("unconfirmed")).isZero();
    }

    @Test
    void theTimeWithoutAConnectionCountsFromWhenRequestsWait() {
        members.network.cutOff(first.id());
        members.advance(Duration.ofMillis(900));
        assertThat(seconds("unconnected")).isZero();
        members.advance(Duration.ofSeconds(8));
        assertThat(seconds("unconnected")).isBetween(7L, 8L);
        members.network.reconnect(first.id());
        members.advanceUntil(() -> first.member().problem() == null);
        long suspended = seconds("unconnected");
        members.advance(Duration.ofSeconds(5));
        assertThat(seconds("unconnected")).isEqualTo(suspended);
    }

    @Test
    void theTimeInWhichTheStoreTakesNoSignOfLifeCounts() {
        members.network.suspend(Store.ROUTERS);
        members.advance(Duration.ofSeconds(20));
        assertThat(seconds("unconfirmed")).isBetween(4L, 9L);
    }

    private long seconds(String reason) {
        return Members.suspendedSeconds(first, reason);
    }
}
