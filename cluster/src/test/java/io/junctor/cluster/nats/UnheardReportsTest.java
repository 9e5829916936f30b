package io.junctor.cluster.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnheardReportsTest {
    private final UnheardReports reports = new UnheardReports();
    private final List<Long> unheard = new ArrayList<>();

    @Test
    void aMessageIsReportedOnce() {
        expect(1, 2, 2, 4);
        reports.report(2);
        reports.report(2);
        reports.report(4);
        assertThat(unheard).containsExactly(2L, 4L);
    }

    @Test
    void whatWasWrittenBeforeAReportedMessageHasAReceiver() {
        expect(7, 5, 6);
        reports.report(5);
        reports.report(7);
        reports.report(6);
        assertThat(unheard).containsExactly(5L, 6L);
    }

    @Test
    void aReportOfAnUnknownMessageChangesNothing() {
        expect(1);
        reports.report(9);
        reports.report(1);
        assertThat(unheard).containsExactly(1L);
    }

    @Test
    void messagesAreForgottenAfterSomeTime() {
        expect(1);
        for (int i = 0; i < 5; i++) {
            reports.onTick();
        }
        expect(2);
        reports.onTick();
        reports.report(1);
        reports.report(2);
        assertThat(unheard).containsExactly(2L);
    }

    private void expect(long... numbers) {
        for (long number : numbers) {
            reports.expect(number, () -> unheard.add(number));
        }
    }
}
