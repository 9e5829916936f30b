package io.junctor.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is shown of a run while it goes on. */
class ProgressDisplayTest {
    private final AtomicLong clock = new AtomicLong();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private ProgressDisplay progress(ProgressDisplay.Format form) {
        return new ProgressDisplay(new PrintStream(shown, true, StandardCharsets.UTF_8), form, clock::get);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    private void pass(long millis) {
        clock.addAndGet(millis * 1_000_000);
    }

    @Test
    void aBarReplacesItselfOnceASecondAndGoesAtTheEnd() {
        ProgressDisplay progress = progress(ProgressDisplay.Format.BAR);
        progress.tick("measuring", 0, 10, 0);
        assertThat(shown()).isEmpty();
        pass(2_000);
        progress.tick("measuring", 0.5, 3_000, 1);
        progress.tick("measuring", 0.6, 4_000, 1);
        String half = "\r\u001b[K[##########          ]  50 %  measuring: 1,500/s, 3,000 in total, 1 errors";
        assertThat(shown()).isEqualTo(half);
        pass(1_000);
        progress.tick("measuring", 1.2, 3_000, 1);
        String full = "\r\u001b[K[####################] 100 %  measuring: 0/s, 3,000 in total, 1 errors";
        assertThat(shown()).isEqualTo(half + full);
        progress.end();
        progress.end();
        assertThat(shown()).isEqualTo(half + full + "\r\u001b[K");
    }

    @Test
    void aPhaseOfUnknownLengthHasNoBar() {
        ProgressDisplay progress = progress(ProgressDisplay.Format.BAR);
        pass(1_000);
        progress.tick("joining", ProgressDisplay.UNKNOWN, 7, 0);
        assertThat(shown()).isEqualTo("\r\u001b[Kjoining: 7/s, 7 in total, 0 errors");
    }

    @Test
    void linesStay() {
        ProgressDisplay progress = progress(ProgressDisplay.Format.LINES);
        pass(1_000);
        progress.tick("measuring", 0.5, 7, 0);
        pass(1_000);
        progress.tick("measuring", 1, 9, 0);
        progress.end();
        assertThat(shown().lines())
                .containsExactly("measuring: 7/s, 7 in total, 0 errors", "measuring: 2/s, 9 in total, 0 errors");
    }

    @Test
    void nothingIsShownWhereNobodyLooks() {
        ProgressDisplay progress = progress(ProgressDisplay.Format.NOTHING);
        pass(1_000);
        progress.tick("measuring", 0.5, 7, 0);
        progress.end();
        assertThat(shown()).isEmpty();
    }
}
