package io.junctor.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.connection.transport.MessageReceiver;
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
    private final InboundMessageQueue queue = new InboundMessageQueue(Runnable::run, timers);
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
        queue.demand();
        add(1);
        add(2);
        assertThat(events).isEmpty();
        queue.open(receiver);
        assertThat(events).containsExactly("message 1");
        queue.demand();
        queue.demand();
        add(3);
        assertThat(events).containsExactly("message 1", "message 2", "message 3");
    }

    @Test
    void anEndInOrderComesAfterWhatWaits() throws Exception {
        queue.open(receiver);
        add(1);
        queue.end("gone", false);
        assertThat(events).isEmpty();
        queue.demand();
        assertThat(events).containsExactly("message 1", "closed gone");
        queue.end("again", true);
        queue.demand();
        assertThat(events).hasSize(2);
    }

    @Test
    void largeMessagesHoldTheTransportUpBeforeTheyAreMany() throws Exception {
        assertThat(queue.add(new byte[InboundMessageQueue.MAX_BYTES - 1])).isTrue();
        assertThat(queue.isFull()).isFalse();
        assertThat(queue.add(new byte[InboundMessageQueue.MAX_BYTES])).isTrue();
        assertThat(queue.isFull()).isTrue();
    }

    @Test
    void anEndAtOnceDiscardsWhatWaits() throws Exception {
        queue.open(receiver);
        add(1);
        queue.end("dropped", true);
        add(2);
        queue.demand();
        assertThat(events).containsExactly("closed dropped");
    }

    @Test
    void nothingButTheEndComesAfterAFault() throws Exception {
        queue.open(receiver);
        add(1);
        queue.fault("text");
        add(2);
        queue.demand();
        queue.demand();
        queue.demand();
        queue.end("gone", false);
        assertThat(events).containsExactly("message 1", "fault text", "closed gone");
    }

    @Test
    void aThreadThatAddsToAFullQueueWaitsForRoom() throws Exception {
        queue.open(receiver);
        for (int i = 0; i < InboundMessageQueue.MAX_MESSAGES; i++) {
            add(i);
        }
        assertThat(queue.isFull()).isTrue();
        FutureTask<Boolean> found = addToFullQueue();
        timers.advance(Duration.ofMillis(4_999));
        assertThat(timers.waiting()).isOne();
        queue.demand();
        assertThat(found.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.isFull()).isTrue();
        assertThat(timers.waiting()).isZero();
    }

    @Test
    void aThreadThatAddsToAFullQueueWaitsForFiveSeconds() throws Exception {
        queue.open(receiver);
        for (int i = 0; i < InboundMessageQueue.MAX_MESSAGES; i++) {
            add(i);
        }
        FutureTask<Boolean> found = addToFullQueue();
        timers.advance(Duration.ofSeconds(5));
        assertThat(found.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(timers.waiting()).isZero();
    }

    /** Returns when the adding thread waits. */
    private FutureTask<Boolean> addToFullQueue() {
        FutureTask<Boolean> found = new FutureTask<>(() -> queue.add(new byte[] {1}));
        Thread.ofVirtual().start(found);
        await().until(() -> timers.waiting() == 1);
        return found;
    }

    private void add(int number) throws InterruptedException {
        assertThat(queue.add(new byte[] {(byte) number})).isTrue();
    }
}
