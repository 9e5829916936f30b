package io.junctor.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.connection.MessageReceiver;
import io.junctor.router.turn.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InboundMessageQueueTest {
    private final List<String> events = new ArrayList<>();
    private final ManualTimers timers = new ManualTimers();
    private final InboundMessageQueue parked = new InboundMessageQueue(Runnable::run, timers);
    private final MessageReceiver receiver = new MessageReceiver() {
        @Override
        public void onMessage(byte[] message) {
            events.add("message " + message[0]);
        }

        @Override
        public void onFault(String problem) {
            events.add("fault " + problem);
        }

        @Override
        public void onClosed(String cause) {
            events.add("closed " + cause);
        }
    };

    @Test
    void eachDemandBringsOneMessage() throws Exception {
        parked.demand();
        park(1);
        park(2);
        assertThat(events).isEmpty();
        parked.open(receiver);
        assertThat(events).containsExactly("message 1");
        parked.demand();
        parked.demand();
        park(3);
        assertThat(events).containsExactly("message 1", "message 2", "message 3");
    }

    @Test
    void anEndInOrderComesAfterWhatIsParked() throws Exception {
        parked.open(receiver);
        park(1);
        parked.end("gone", false);
        assertThat(events).isEmpty();
        parked.demand();
        assertThat(events).containsExactly("message 1", "closed gone");
        parked.end("again", true);
        parked.demand();
        assertThat(events).hasSize(2);
    }

    @Test
    void largeMessagesHoldTheTransportUpBeforeTheyAreMany() throws Exception {
        assertThat(parked.park(new byte[InboundMessageQueue.MOST_BYTES - 1])).isTrue();
        assertThat(parked.isFull()).isFalse();
        assertThat(parked.park(new byte[InboundMessageQueue.MOST_BYTES])).isTrue();
        assertThat(parked.isFull()).isTrue();
    }

    @Test
    void anEndAtOnceForgetsWhatIsParked() throws Exception {
        parked.open(receiver);
        park(1);
        parked.end("dropped", true);
        park(2);
        parked.demand();
        assertThat(events).containsExactly("closed dropped");
    }

    @Test
    void nothingButTheEndComesAfterAFault() throws Exception {
        parked.open(receiver);
        park(1);
        parked.fault("text");
        park(2);
        parked.demand();
        parked.demand();
        parked.demand();
        parked.end("gone", false);
        assertThat(events).containsExactly("message 1", "fault text", "closed gone");
    }

    @Test
    void whoeverBringsTheMessageTooManyWaitsForRoom() throws Exception {
        parked.open(receiver);
        for (int i = 0; i < InboundMessageQueue.MOST; i++) {
            park(i);
        }
        assertThat(parked.isFull()).isTrue();
        FutureTask<Boolean> found = parkOneTooMany();
        timers.advance(Duration.ofMillis(4_999));
        assertThat(timers.waiting()).isOne();
        parked.demand();
        assertThat(found.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(parked.isFull()).isTrue();
        assertThat(timers.waiting()).isZero();
    }

    @Test
    void whoeverBringsTheMessageTooManyWaitsForFiveSeconds() throws Exception {
        parked.open(receiver);
        for (int i = 0; i < InboundMessageQueue.MOST; i++) {
            park(i);
        }
        FutureTask<Boolean> found = parkOneTooMany();
        timers.advance(Duration.ofSeconds(5));
        assertThat(found.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(timers.waiting()).isZero();
    }

    /** Returns when the bringer waits. */
    private FutureTask<Boolean> parkOneTooMany() {
        FutureTask<Boolean> found = new FutureTask<>(() -> parked.park(new byte[] {1}));
        Thread.ofVirtual().start(found);
        await().until(() -> timers.waiting() == 1);
        return found;
    }

    private void park(int number) throws InterruptedException {
        assertThat(parked.park(new byte[] {(byte) number})).isTrue();
    }
}
