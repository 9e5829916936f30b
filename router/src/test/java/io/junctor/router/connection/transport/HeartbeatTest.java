package io.junctor.router.connection.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.Heartbeat.SweepAction;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With pings after 20 s and 10 s to answer. */
class HeartbeatTest {
    private final Heartbeat heartbeat = new Heartbeat();

    @Test
    void aSilentClientIsPingedOnceAndDiesWithoutAnAnswer() {
        assertThat(at(0)).isEqualTo(SweepAction.NOTHING);
        assertThat(at(19)).isEqualTo(SweepAction.NOTHING);
        assertThat(at(20)).isEqualTo(SweepAction.PING);
        heartbeat.onPingSent();
        assertThat(at(21)).isEqualTo(SweepAction.NOTHING);
        assertThat(at(30)).isEqualTo(SweepAction.NOTHING);
        assertThat(at(31)).isEqualTo(SweepAction.DEAD);
        assertThat(at(32)).isEqualTo(SweepAction.NOTHING);
        assertThat(at(99)).isEqualTo(SweepAction.NOTHING);
    }

    @Test
    void anythingHeardStartsAnew() {
        at(0);
        at(20);
        heartbeat.onPingSent();
        at(21);
        heartbeat.onHeard();
        assertThat(at(31)).isEqualTo(SweepAction.NOTHING);
        assertThat(at(50)).isEqualTo(SweepAction.NOTHING);
        assertThat(at(51)).isEqualTo(SweepAction.PING);
    }

    @Test
    void aPingThatIsNotOutYetIsNotHeldAgainstTheClient() {
        at(0);
        assertThat(at(20)).isEqualTo(SweepAction.PING);
        assertThat(at(100)).isEqualTo(SweepAction.NOTHING);
        heartbeat.onPingSent();
        assertThat(at(101)).isEqualTo(SweepAction.NOTHING);
        assertThat(at(111)).isEqualTo(SweepAction.DEAD);
    }

    @Test
    void whileNothingIsReadTheClientIsNotJudged() {
        at(0);
        at(20);
        heartbeat.onPingSent();
        at(21);
        assertThat(heartbeat.check(seconds(40), true, ListenerLimits.DEFAULT)).isEqualTo(SweepAction.NOTHING);
        assertThat(at(59)).isEqualTo(SweepAction.NOTHING);
        assertThat(at(60)).isEqualTo(SweepAction.PING);
    }

    private SweepAction at(int seconds) {
        return heartbeat.check(seconds(seconds), false, ListenerLimits.DEFAULT);
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
