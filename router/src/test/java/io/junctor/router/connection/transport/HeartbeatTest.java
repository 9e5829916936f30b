package io.junctor.router.connection.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.Heartbeat.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With pings after 20 s and 10 s to answer. */
class HeartbeatTest {
    private final Heartbeat heartbeat = new Heartbeat();

    @Test
    void aSilentClientIsPingedOnceAndDiesWithoutAnAnswer() {
        assertThat(at(0)).isEqualTo(Verdict.NOTHING);
        assertThat(at(19)).isEqualTo(Verdict.NOTHING);
        assertThat(at(20)).isEqualTo(Verdict.PING);
        heartbeat.onPingSent();
        assertThat(at(21)).isEqualTo(Verdict.NOTHING);
        assertThat(at(30)).isEqualTo(Verdict.NOTHING);
        assertThat(at(31)).isEqualTo(Verdict.DEAD);
        assertThat(at(32)).isEqualTo(Verdict.NOTHING);
        assertThat(at(99)).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void anythingHeardStartsAnew() {
        at(0);
        at(20);
        heartbeat.onPingSent();
        at(21);
        heartbeat.onHeard();
        assertThat(at(31)).isEqualTo(Verdict.NOTHING);
        assertThat(at(50)).isEqualTo(Verdict.NOTHING);
        assertThat(at(51)).isEqualTo(Verdict.PING);
    }

    @Test
    void aPingThatIsNotOutYetIsNotHeldAgainstTheClient() {
        at(0);
        assertThat(at(20)).isEqualTo(Verdict.PING);
        assertThat(at(100)).isEqualTo(Verdict.NOTHING);
        heartbeat.onPingSent();
        assertThat(at(101)).isEqualTo(Verdict.NOTHING);
        assertThat(at(111)).isEqualTo(Verdict.DEAD);
    }

    @Test
    void whileNothingIsReadTheClientIsNotJudged() {
        at(0);
        at(20);
        heartbeat.onPingSent();
        at(21);
        assertThat(heartbeat.check(seconds(40), true, ListenerLimits.DEFAULT)).isEqualTo(Verdict.NOTHING);
        assertThat(at(59)).isEqualTo(Verdict.NOTHING);
        assertThat(at(60)).isEqualTo(Verdict.PING);
    }

    private Verdict at(int seconds) {
        return heartbeat.check(seconds(seconds), false, ListenerLimits.DEFAULT);
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
