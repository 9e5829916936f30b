package io.junctor.router.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RouterLimits;
import io.junctor.router.turn.ManualTimers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";

    private final ManualTimers timers = new ManualTimers();
    private final LoginThrottle guesses = new LoginThrottle(limits(3, 50), timers);

    private static RouterLimits limits(int failures, int challenges) {
        return new RouterLimits(100, 25, failures, 12, 12, challenges);
    }

    @Test
    void aLimitThatIsRaisedForgivesFaster() {
        fail(HERE, "anna", 3);
        timers.advance(Duration.ofSeconds(2));
        assertThat(isClosed(HERE, "anna")).isTrue();
        guesses.use(limits(60, 50));
        assertThat(isClosed(HERE, "anna")).isFalse();
        guesses.use(limits(3, 50));
        assertThat(isClosed(HERE, "anna")).isTrue();
    }

    @Test
    void aLockedAddressDoesNotLockItsUsersElsewhere() {
        fail(HERE, "anna", 1_000);
        assertThat(isClosed(HERE, "anna")).isTrue();
        assertThat(isClosed(ELSEWHERE, "anna")).isTrue();
        timers.advance(Duration.ofMinutes(20));
        for (int minute = 0; minute < 60; minute++) {
            // Attempts that are turned away are not counted.
            for (int attempt = 0; attempt < 100 && !isClosed(HERE, "anna"); attempt++) {
                guesses.failed(HERE, "realm1", "anna");
            }
            assertThat(isClosed(HERE, "anna")).isTrue();
            assertThat(isClosed(ELSEWHERE, "anna")).isFalse();
            timers.advance(Duration.ofMinutes(1));
        }
    }

    @Test
    void oneAuthidDoesNotStarveOthersBehindItsAddress() {
        fail(HERE, "broken-device", 3);
        assertThat(isClosed(HERE, "broken-device")).isTrue();
        assertThat(isClosed(HERE, "anna")).isFalse();
    }

    @Test
    void anAddressThatTriesManyAuthidsIsClosedButForThoseThatHaveJoinedFromIt() {
        guesses.joined(HERE, "realm1", "anna");
        for (int i = 0; i < 30; i++) {
            guesses.failed(HERE, "realm1", "user-" + i);
        }
        assertThat(isClosed(HERE, "berta")).isTrue();
        assertThat(isClosed(HERE, "anna")).isFalse();
        assertThat(isClosed(ELSEWHERE, "berta")).isFalse();
        fail(HERE, "anna", 3);
        assertThat(isClosed(HERE, "anna")).isTrue();
    }

    @Test
    void anAuthidThatManyAddressesTryIsClosedButWhereItHasJoined() {
        guesses.joined(HERE, "realm1", "anna");
        for (int i = 0; i < 30; i++) {
            guesses.failed("203.0.113." + i, "realm1", "anna");
        }
        assertThat(isClosed(ELSEWHERE, "anna")).isTrue();
        assertThat(isClosed(HERE, "anna")).isFalse();
        timers.advance(Duration.ofHours(25));
        for (int i = 0; i < 30; i++) {
            guesses.failed("203.0.113." + i, "realm1", "anna");
        }
        assertThat(isClosed(HERE, "anna")).isTrue();
    }

    @Test
    void challengesThatAreNotAnsweredRightlyAreBounded() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(isChallengedTooOften("anna")).isFalse();
            guesses.challenged(HERE);
            guesses.joined(HERE, "realm1", "anna");
        }
        for (int i = 0; i < 50; i++) {
            assertThat(isChallengedTooOften("berta")).isFalse();
            guesses.challenged(HERE);
        }
        assertThat(isChallengedTooOften("berta")).isTrue();
        assertThat(isChallengedTooOften("anna")).isFalse();
        timers.advance(Duration.ofMillis(1_200));
        assertThat(isChallengedTooOften("berta")).isFalse();
    }

    private boolean isClosed(String address, String authid) {
        return guesses.isClosed(address, "realm1", authid);
    }

    private boolean isChallengedTooOften(String authid) {
        return guesses.isChallengedTooOften(HERE, "realm1", authid);
    }

    private void fail(String address, String authid, int times) {
        for (int i = 0; i < times; i++) {
            guesses.failed(address, "realm1", authid);
        }
    }
}
