package io.junctor.router.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogRateLimitTest {
    private final Counters counters = new Counters();
    private final List<String> summaries = new ArrayList<>();
    private long nowNanos;
    private final LogRateLimit pace =
            new LogRateLimit(10, () -> nowNanos, counters, (address, lines) -> summaries.add(address + " " + lines));

    @Test
    void anAddressHasSoManyLinesAMinuteAndTheRestIsOneLine() {
        assertThat(admitted("a", 1_000)).isEqualTo(10);
        assertThat(admitted("b", 3)).isEqualTo(3);
        assertThat(counters.value(Counter.LOG_LINES_LEFT_OUT)).isEqualTo(990);
        after(59);
        assertThat(summaries).isEmpty();
        after(1);
        assertThat(summaries).containsExactly("a 990");
        assertThat(admitted("a", 20)).isEqualTo(10);
    }

    @Test
    void manyAddressesTogetherAreBoundedToo() {
        int admitted = 0;
        for (int i = 0; i < 20_000; i++) {
            admitted += admitted("address " + i, 1);
        }
        assertThat(admitted).isEqualTo(10_010);
        after(60);
        assertThat(summaries).containsExactly("other addresses 9990");
    }

    private int admitted(String address, int lines) {
        int admitted = 0;
        for (int i = 0; i < lines; i++) {
            admitted += pace.admits(address) ? 1 : 0;
        }
        return admitted;
    }

    private void after(int seconds) {
        nowNanos += TimeUnit.SECONDS.toNanos(seconds);
        pace.sweep();
    }
}
