package io.junctor.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class RecentLogLinesTest {
    @Test
    void asManyLinesAreKeptAsMayBe() {
        LoggerContext context = new LoggerContext();
        RecentLogLines lines = new RecentLogLines();
        lines.start();
        for (int i = 0; i <= RecentLogLines.MOST; i++) {
            lines.doAppend(new LoggingEvent("", context.getLogger("a.B"), Level.INFO, "x".repeat(3 * i), null, null));
        }
        assertThat(lines.after(0, Integer.MAX_VALUE)).hasSize(RecentLogLines.MOST);
        assertThat(lines.after(0, 10).getFirst().number()).isEqualTo(RecentLogLines.MOST - 8);
        assertThat(lines.after(RecentLogLines.MOST, 10))
                .singleElement()
                .satisfies(line -> assertThat(line.text()).endsWith("xx...").hasSize(2_003))
                .satisfies(line -> assertThat(line.logger()).isEqualTo("B"));
    }
}
