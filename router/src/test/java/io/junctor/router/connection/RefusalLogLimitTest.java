package io.junctor.router.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.value.WampError;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefusalLogLimitTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final RefusalLogLimit episodes = new RefusalLogLimit();

    @Test
    void eachErrorIsLoggedOnceAMinute() {
        assertThat(episodes.admits(WampError.NOT_AUTHORIZED, 5)).isTrue();
        assertThat(episodes.admits(WampError.NOT_AUTHORIZED, MINUTE)).isFalse();
        assertThat(episodes.admits(WampError.INVALID_URI, MINUTE)).isTrue();
        assertThat(episodes.admits(WampError.NOT_AUTHORIZED, MINUTE + 5)).isTrue();
        assertThat(episodes.admits(WampError.NOT_AUTHORIZED, MINUTE + 6)).isFalse();
    }

    @Test
    void whatAClientCancelsItselfIsNotLogged() {
        assertThat(episodes.admits(WampError.CANCELED, 0)).isFalse();
        assertThat(episodes.admits(WampError.TIMEOUT, 0)).isFalse();
    }

    @Test
    void thereIsABitForEachError() {
        assertThat(WampError.values()).hasSizeLessThanOrEqualTo(Long.SIZE);
    }
}
