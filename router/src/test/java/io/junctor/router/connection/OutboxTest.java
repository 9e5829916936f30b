package io.junctor.router.connection;

import static io.junctor.router.connection.Outbox.OVERHEAD_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.session.Samples;
import io.junctor.router.session.ScriptedConnection;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int WRITE_BYTES = 1 << 16;
    private static final Payload SMALL = Samples.ofBytes(100);

    private final ScriptedConnection connection = new ScriptedConnection(Serializer.JSON);
    private final Counters counters = new Counters();
    private final List<String> told = new ArrayList<>();
    private final AtomicInteger slow = new AtomicInteger();
    private final OutboxBudget budget = new OutboxBudget(Long.MAX_VALUE);
    private Outbox outbox = outbox(connection);

    @Test
    void everythingAppendedInAPassIsOneWriteInOrder() {
        try (Pass pass = Pass.open()) {
            LongStream.rangeClosed(1, 3).forEach(this::append);
            assertThat(connection.writes()).isEmpty();
        }
        assertThat(connection.writes()).hasSize(1);
        assertThat(requests()).containsExactly(1L, 2L, 3L);
        assertThat(counters.value(TransportCounter.MESSAGES_SENT)).isEqualTo(3);
    }

    @Test
    void eachPassWritesOnce() {
        for (long request = 1; request <= 3; request++) {
            appendInOnePass(request);
        }
        assertThat(slow).hasValue(0);
        assertThat(connection.writes()).hasSize(3);
        assertThat(requests()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatIsAppendedWhileAWriteIsOnItsWayGoesWithTheNext() {
        connection.hold();
        appendInOnePass(1);
        appendInOnePass(2);
        appendInOnePass(3);
        assertThat(connection.writes()).hasSize(1);

        connection.take();
        assertThat(connection.writes()).hasSize(2);
        connection.take();
        assertThat(connection.take()).isFalse();
        assertThat(requests()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void messageThatIsWrittenIsHeldNoLonger() {
        WeakReference<Result> message = written();
        System.gc();
        assertThat(message.get()).isNull();
    }

    private WeakReference<Result> written() {
        Result result = result(1, 100);
        try (Pass pass = Pass.open()) {
            outbox.append(result, result.payload());
        }
        return new WeakReference<>(result);
    }

    @Test
    void noWriteTakesAnotherMessageBeyond64KiB() {
        try (Pass pass = Pass.open()) {
            LongStream.rangeClosed(1, 200).forEach(i -> outbox.append(result(i, 10_000), Samples.ofBytes(10_000)));
        }
        assertThat(connection.writes()).hasSizeGreaterThan(25).allSatisfy(write -> {
            int withoutLast = write.stream().mapToInt(message -> message.length).sum() - write.getLast().length;
            assertThat(withoutLast).isLessThan(WRITE_BYTES);
        });
        assertThat(requests())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void hundredThousandMessagesTakenAtOnceDoNotRecurse() {
        try (Pass pass = Pass.open()) {
            LongStream.rangeClosed(1, 100_000).forEach(this::append);
        }
        assertAllSent(100_000);
    }

    @Test
    void hundredThousandMessagesTakenLaterDoNotRecurse() {
        connection.hold();
        try (Pass pass = Pass.open()) {
            LongStream.rangeClosed(1, 100_000).forEach(this::append);
        }
        int taken = 0;
        while (connection.take()) {
            taken++;
        }
        assertThat(taken).isGreaterThan(100);
        assertAllSent(100_000);
    }

    @Test
    void hundredThousandMessagesTakenInTurnsAtOnceAndLaterDoNotRecurse() {
        connection.hold();
        try (Pass pass = Pass.open()) {
            LongStream.rangeClosed(1, 100_000).forEach(this::append);
        }
        connection.take();
        connection.flow();
        assertAllSent(100_000);
    }

    @Test
    void aDrainerWritesTwiceAndGoesOnBehindWhatElseIsReady() {
        List<Runnable> ready = new ArrayList<>();
        ScriptedConnection homed = new ScriptedConnection(Serializer.JSON) {
            @Override
            public Executor home() {
                return ready::add;
            }
        };
        Outbox filled = outbox(homed);
        try (Pass pass = Pass.open()) {
            for (int i = 1; i <= 5; i++) {
                filled.append(result(i, WRITE_BYTES), Samples.ofBytes(WRITE_BYTES));
            }
        }
        assertThat(homed.writes()).hasSize(2);
        assertThat(filled.writeOnItsWay()).isZero();
        ready.removeFirst().run();
        assertThat(homed.writes()).hasSize(4);
        ready.removeFirst().run();
        assertThat(homed.writes()).hasSize(5);
        assertThat(ready).isEmpty();
        assertThat(filled.waitingMessages()).isZero();
    }

    @Test
    void transportClosesBehindWhatIsQueued() {
        connection.hold();
        try (Pass pass = Pass.open()) {
            append(1);
            outbox.close(CloseStatus.NORMAL);
            append(2);
            outbox.close(CloseStatus.POLICY);
        }
        assertThat(connection.endings()).isEmpty();

        connection.take();
        assertThat(connection.endings()).containsExactly(CloseStatus.NORMAL);
        appendInOnePass(3);
        assertThat(requests()).containsExactly(1L);
        assertThat(outbox.waitingBytes()).isZero();
    }

    @Test
    void transportOfAnEmptyOutboxClosesAtTheEndOfThePass() {
        try (Pass pass = Pass.open()) {
            outbox.close(CloseStatus.VIOLATION);
            assertThat(connection.endings()).isEmpty();
        }
        assertThat(connection.endings()).containsExactly(CloseStatus.VIOLATION);
        assertThat(connection.writes()).isEmpty();
    }

    @Test
    void messageWithoutFormAtTheReceiverIsToldAndTheOthersGo() {
        ScriptedConnection msgpack = new ScriptedConnection(Serializer.MSGPACK);
        Outbox toMsgpack = outbox(msgpack);
        try (Pass pass = Pass.open()) {
            toMsgpack.append(Samples.result(1, SMALL), SMALL);
            toMsgpack.append(Samples.result(2, Samples.BEYOND_MESSAGEPACK), Samples.BEYOND_MESSAGEPACK);
            toMsgpack.append(new OnceEncodedEvent(Samples.event(3, Samples.BEYOND_MESSAGEPACK)));
            toMsgpack.append(Samples.result(4, SMALL), SMALL);
        }
        assertThat(told).containsExactly("Result Unrepresentable", "Event Unrepresentable");
        assertThat(msgpack.received())
                .extracting(message -> ((Result) message).request())
                .containsExactly(1L, 4L);
        assertThat(toMsgpack.waitingBytes()).isZero();
        assertThat(toMsgpack.waitingMessages()).isZero();
    }

    @Test
    void nothingButUndeliverableMessagesIsNoWrite() {
        outbox = outbox(connection.receiveLimitBytes(50));
        appendInOnePass(1);

        assertThat(told).containsExactly("Result TooLarge");
        assertThat(connection.writes()).isEmpty();
        assertThat(outbox.waitingBytes()).isZero();
        assertThat(outbox.heapBytes()).isZero();
    }

    @Test
    void messageOverTheReceiversLimitIsToldAndTheOthersGo() {
        outbox = outbox(connection.receiveLimitBytes(150));
        try (Pass pass = Pass.open()) {
            append(1);
            outbox.append(result(2, 500), Samples.ofBytes(500));
            append(3);
        }
        assertThat(told).containsExactly("Result TooLarge");
        assertThat(requests()).containsExactly(1L, 3L);
    }

    @Test
    void ownerIsToldOnceWhenLittleEnoughWaits() {
        connection.hold();
        appendInOnePass(1);
        appendInOnePass(2);
        try (Pass pass = Pass.open()) {
            outbox.tellWhenBelow(OVERHEAD_BYTES + 100);
        }
        assertThat(told).isEmpty();

        connection.take();
        assertThat(told).containsExactly("drained");
        connection.take();
        assertThat(told).containsExactly("drained");
    }

    @Test
    void ownerIsToldAtTheEndOfThePassWhereNothingWaits() {
        try (Pass pass = Pass.open()) {
            outbox.tellWhenBelow(0);
            assertThat(told).isEmpty();
        }
        assertThat(told).containsExactly("drained");
    }

    @Test
    void waitingCountsTheWriteOnItsWayAndComesBackToZero() {
        connection.hold();
        assertThat(outbox.waitingBytes()).isZero();
        appendInOnePass(1);
        appendInOnePass(2);

        assertThat(outbox.waitingMessages()).isEqualTo(2);
        assertThat(outbox.waitingBytes()).isEqualTo(2 * (OVERHEAD_BYTES + 100));
        assertThat(outbox.heapBytes()).isEqualTo(2 * (OVERHEAD_BYTES + 100));
        connection.take();
        assertThat(outbox.waitingMessages()).isEqualTo(1);
        assertThat(outbox.waitingBytes()).isEqualTo(OVERHEAD_BYTES + 100);
        connection.take();
        assertThat(outbox.waitingMessages()).isZero();
        assertThat(outbox.waitingBytes()).isZero();
        assertThat(outbox.heapBytes()).isZero();
    }

    @Test
    void aLargeEventCountsForEachClientAndOnceForTheHeap() {
        ScriptedConnection fast = new ScriptedConnection(Serializer.JSON);
        Outbox toFast = outbox(fast);
        OnceEncodedEvent event = new OnceEncodedEvent(Samples.event(1, Samples.ofBytes(10_000)));
        connection.hold();
        try (Pass pass = Pass.open()) {
            outbox.append(event);
            toFast.append(event);
        }
        assertThat(toFast.waitingBytes()).isZero();
        assertThat(outbox.waitingBytes()).isEqualTo(OVERHEAD_BYTES + 10_000);
        assertThat(outbox.heapBytes()).isEqualTo(OVERHEAD_BYTES);
        assertThat(budget.totalBytes()).as("the slow one holds all of it").isEqualTo(20_000);
        connection.take();
        assertThat(budget.totalBytes()).isZero();
    }

    @Test
    void theEncodedFormOfALargeMessageCountsUntilItIsWritten() {
        connection.hold();
        try (Pass pass = Pass.open()) {
            outbox.append(result(1, 100_000), Samples.ofBytes(100_000));
        }
        assertThat(budget.totalBytes()).isBetween(200_000L, 201_000L);
        connection.take();
        assertThat(budget.totalBytes()).isZero();
    }

    @Test
    void whatWaitsIsToldWhileAppending() {
        connection.hold();
        try (Pass pass = Pass.open()) {
            for (int i = 1; i <= 1_000; i++) {
                append(i);
                assertThat(budget.totalBytes())
                        .isBetween(outbox.heapBytes() - OutboxBudget.STEP_BYTES, outbox.heapBytes());
            }
        }
        while (connection.take()) {
            assertThat(Math.abs(budget.totalBytes() - outbox.heapBytes())).isLessThan(OutboxBudget.STEP_BYTES);
        }
        assertThat(outbox.heapBytes()).isZero();
    }

    @Test
    void anAbandonedOutboxHoldsNothing() {
        connection.hold();
        try (Pass pass = Pass.open()) {
            LongStream.rangeClosed(1, 1_000).forEach(this::append);
            outbox.append(new OnceEncodedEvent(Samples.event(1, Samples.ofBytes(10_000))));
        }
        try (Pass pass = Pass.open()) {
            outbox.abandon();
        }
        assertThat(outbox.waitingBytes()).as("a write is on its way").isPositive();
        connection.take();
        assertThat(outbox.waitingBytes()).isZero();
        assertThat(budget.totalBytes())
                .as("nothing of a client that is gone stays counted")
                .isZero();
        appendInOnePass(2_000);
        assertThat(outbox.waitingBytes()).isZero();
        assertThat(connection.writes()).hasSize(1);
    }

    @Test
    void aSliceCountsTheMessageThatItKeepsAlive() {
        Payload slice = Payload.of(Serializer.JSON, Payload.ArgumentKinds.POSITIONAL, new byte[100_000], 0, 2);
        connection.hold();
        appendInOnePass(1);
        try (Pass pass = Pass.open()) {
            outbox.append(Samples.result(2, slice), slice);
        }
        assertThat(outbox.waitingBytes()).isEqualTo(2 * OVERHEAD_BYTES + 100 + 100_000);
    }

    @Test
    void textsOfDetailsCount() {
        PassthruOptions passthru = new PassthruOptions("mqtt", null, null, "k".repeat(50_000));
        connection.hold();
        try (Pass pass = Pass.open()) {
            outbox.append(new Result(1, new ResultDetails(false, passthru, Dict.EMPTY), Payload.NONE), Payload.NONE);
        }
        assertThat(outbox.waitingBytes()).isGreaterThan(100_000);
    }

    @Test
    void receiversOfAnEventShareOneArray() {
        ScriptedConnection other = new ScriptedConnection(Serializer.JSON);
        OnceEncodedEvent event = new OnceEncodedEvent(Samples.event(1, SMALL));
        try (Pass pass = Pass.open()) {
            outbox.append(event);
            outbox(other).append(event);
        }
        assertThat(connection.writes().getFirst().getFirst())
                .isSameAs(other.writes().getFirst().getFirst());
    }

    @Test
    void writeOnItsWayIsSeenUntilItIsTaken() {
        assertThat(outbox.writeOnItsWay()).isZero();
        connection.hold();
        appendInOnePass(1);
        appendInOnePass(2);
        int first = outbox.writeOnItsWay();
        assertThat(first).isNotZero().isEqualTo(outbox.writeOnItsWay());
        assertThat(slow).hasValue(1);

        connection.take();
        assertThat(outbox.writeOnItsWay()).isNotZero().isNotEqualTo(first);
        connection.take();
        assertThat(outbox.writeOnItsWay()).isZero();
    }

    private void assertAllSent(int messages) {
        assertThat(requests())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, messages)
                        .mapToObj(Long::valueOf)
                        .toList());
        assertThat(outbox.waitingBytes()).isZero();
        assertThat(outbox.waitingMessages()).isZero();
    }

    private List<Long> requests() {
        return connection.received().stream()
                .map(message -> ((Result) message).request())
                .toList();
    }

    private void appendInOnePass(long request) {
        try (Pass pass = Pass.open()) {
            append(request);
        }
    }

    private void append(long request) {
        outbox.append(Samples.result(request, SMALL), SMALL);
    }

    private static Result result(long request, int bytes) {
        return Samples.result(request, Samples.ofBytes(bytes));
    }

    private Outbox outbox(ScriptedConnection to) {
        return new Outbox(
                to,
                ScriptedConnection.CODECS,
                counters,
                new OutboxListener() {
                    @Override
                    public void onUndeliverable(FromRouter message, OutboxListener.Problem problem) {
                        told.add(message.getClass().getSimpleName() + " "
                                + problem.getClass().getSimpleName());
                    }

                    @Override
                    public void onDrained() {
                        told.add("drained");
                    }

                    @Override
                    public void onSlow() {
                        slow.incrementAndGet();
                    }
                },
                budget);
    }
}
