package io.junctor.cluster.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.cluster.engine.Message;
import io.junctor.cluster.engine.RouterId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who hands on what arrives: the thread that reads, or another one where it does not keep up. */
class InboundTest {
    private static final String SUBJECT = "lanes.scope.topic";

    private final Inbound inbound = new Inbound("lanes.", 1_000, "test");
    private final Recording lane = new Recording();

    @Test
    void theThreadThatReadsHandsOnWhatItHasRead() {
        inbound.add("scope", lane);
        arrive("one");
        arrive("two");
        assertThat(lane.texts).isEmpty();
        inbound.onRead(false);
        assertThat(lane.texts).containsExactly("one", "two");
        assertThat(lane.threads).containsOnly(Thread.currentThread());
        assertThat(inbound.takerOf("lanes.other.topic")).isNull();
        assertThat(inbound.takerOf("topic")).isNull();
    }

    @Test
    void whatArrivesTooFastIsHandedOnByAnotherThreadInOrder() {
        inbound.add("scope", lane);
        int sent = 0;
        while (!lane.isByOther) {
            arrive("" + sent++);
            inbound.onRead(true);
        }
        for (int i = 0; i < 100; i++) {
            arrive("" + sent++);
            inbound.onRead(false);
        }
        int all = sent;
        await().until(() -> lane.texts.size() + lane.dropped.get() == all);
        assertThat(lane.texts.stream().map(Integer::valueOf).toList()).isSorted();
        assertThat(inbound.bytes()).isZero();
    }

    @Test
    void messagesAreDroppedAndCountedBeyondTheBound() {
        inbound.add("scope", lane);
        CountDownLatch goOn = new CountDownLatch(1);
        lane.pause = goOn;
        int sent = 0;
        while (lane.dropped.get() == 0) {
            arrive("x".repeat(100));
            sent++;
            inbound.onRead(true);
        }
        assertThat(inbound.bytes()).isBetween(1L, 1_000L);
        goOn.countDown();
        int all = sent;
        await().until(() -> lane.texts.size() + lane.dropped.get() == all);
    }

    @Test
    void messagesWithoutABodyAreBoundedToo() {
        inbound.add("scope", lane);
        CountDownLatch goOn = new CountDownLatch(1);
        lane.pause = goOn;
        while (inbound.bytes() == 0) {
            arrive("x");
            inbound.onRead(true);
        }
        for (int i = 0; i < 1_000; i++) {
            arrive("");
            inbound.onRead(true);
        }
        goOn.countDown();
        assertThat(lane.dropped).hasPositiveValue();
    }

    private void arrive(String text) {
        Objects.requireNonNull(inbound.takerOf(SUBJECT)).onMessage(SUBJECT, text.getBytes(UTF_8));
    }

    private static final class Recording implements Inbound.Destination {
        final List<String> texts = Collections.synchronizedList(new ArrayList<>());
        final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        /** Whether a thread has handed messages on that does not read. */
        volatile boolean isByOther;

        final AtomicInteger dropped = new AtomicInteger();
        /** Only the thread that does not read waits for it. */
        volatile CountDownLatch pause = new CountDownLatch(0);

        @Override
        public Message read(String subject, byte[] bytes) {
            return new Message(new RouterId(1), subject, bytes);
        }

        @Override
        public void pass(List<Message> messages) {
            if (Thread.currentThread().isVirtual()) {
                try {
                    pause.await();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            }
            messages.forEach(message -> texts.add(new String(message.body(), UTF_8)));
            threads.add(Thread.currentThread());
            isByOther |= Thread.currentThread().isVirtual();
        }

        @Override
        public void onDropped() {
            dropped.incrementAndGet();
        }
    }
}
