package io.junctor.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class RecentLinesTest {
    @Test
    void asManyLinesAreKeptAsMayBe() {
        LoggerContext context = new LoggerContext();
        RecentLines lines = new RecentLines();
        lines.start();
        for (int i = 0; i <= RecentLines.MOST; i++) {
            lines.doAppend(new LoggingEvent("", context.getLogger("a.B"), Level.INFO, "x".repeat(3 * i), null, null));
        }
        assertThat(lines.after(0, Integer.MAX_VALUE)).hasSize(RecentLines.MOST);
        assertThat(lines.after(0, 10).getFirst().number()).isEqualTo(RecentLines.MOST - 8);
        assertThat(lines.after(RecentLines.MOST, 10))
                .singleElement()
                .satisfies(line -> assertThat(line.text()).endsWith("xx...").hasSize(2_003))
                .satisfies(line -> assertThat(line.logger()).isEqualTo("B"));
    }
}
