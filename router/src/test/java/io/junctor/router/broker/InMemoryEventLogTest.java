package io.junctor.router.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.memory.HeapEstimate;
import io.junctor.router.memory.LowHeapMonitor;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Samples;
import io.junctor.router.session.StoppedClock;
import io.junctor.router.spi.EventPage;
import io.junctor.router.spi.EventQuery;
import io.junctor.router.spi.EventQuery.Positions;
import io.junctor.router.spi.EventQuery.Times;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.spi.NamedReceivers;
import io.junctor.router.spi.StoredEvent;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryEventLogTest {
    private RetentionBudget memory = new RetentionBudget(new LowHeapMonitor(new Counters()), Long.MAX_VALUE);
    private static final Identity ASKER = new Identity("ann", "clerk", "ticket", "static");
    private static final int MANY = Integer.MAX_VALUE;

    private final List<Throwable> faults = new ArrayList<>();
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(10, 10), Runnable::run, faults::add);

    @Test
    void eventsComeBackInTheirOrderAndReversed() {
        InMemoryEventLog log = log(10, 1 << 20);
        append(log, 5);
        assertThat(ids(read(log, all(false, MANY)))).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(ids(read(log, all(true, MANY)))).containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void limitCountsAlongTheWalkAndSaysWhetherThereIsMore() {
        InMemoryEventLog log = log(10, 1 << 20);
        append(log, 5);
        EventPage page = read(log, all(true, 2));
        assertThat(ids(page)).containsExactly(5L, 4L);
        assertThat(page.isLimitReached()).isTrue();
        assertThat(read(log, all(true, 5)).isLimitReached()).isFalse();
        assertThat(ids(read(log, all(false, 5)))).hasSize(5);
    }

    @Test
    void countBytesAndAgeAreBounded() {
        InMemoryEventLog few = log(3, 1 << 20);
        append(few, 5);
        assertThat(ids(read(few, all(false, MANY)))).containsExactly(3L, 4L, 5L);
        int eventBytes = InMemoryEventLog.OVERHEAD_BYTES + (int) HeapEstimate.of("topic");
        InMemoryEventLog small = log(10, 3 * eventBytes + 100);
        append(small, 5);
        assertThat(ids(read(small, all(false, MANY)))).containsExactly(3L, 4L, 5L);
        inTurn(() -> small.append(event(9, Samples.json("[\"" + "x".repeat(5_000) + "\"]"))));
        assertThat(read(small, all(false, MANY)).events()).isEmpty();
        inTurn(() -> assertThat(small.size()).isZero());
    }

    @Test
    void listsOfReceiversAndDetailsCountAsBytes() {
        List<String> authids = IntStream.range(0, 1_000)
                .mapToObj(i -> "name-with-a-long-name-" + i)
                .sorted()
                .toList();
        NamedReceivers listed = new NamedReceivers(authids, null, null, null);
        InMemoryEventLog log = log(1_000, 1 << 20);
        inTurn(() -> {
            for (long id = 1; id <= 100; id++) {
                log.append(
                        new StoredEvent(id, Instant.EPOCH, new Uri("topic"), EventDetails.NONE, Payload.NONE, listed));
            }
        });
        inTurn(() -> assertThat(log.size()).isBetween(1, (1 << 20) / (1_000 * 64)));
    }

    @Test
    void whatIsForgottenIsNoBoundAnyMore() {
        InMemoryEventLog log = log(3, 1 << 20);
        append(log, 5);
        assertThat(ids(read(log, between(new Positions(3, 0, 0, 0))))).containsExactly(3L, 4L, 5L);
        assertThat(ids(read(log, between(new Positions(2, 0, 0, 0))))).isEmpty();
        assertThat(ids(read(log, between(new Positions(0, 0, 0, 2))))).isEmpty();
    }

    @Test
    void aLongHistoryIsReadInSlicesBetweenWhichOthersGetTheTurn() {
        int size = 5 * InMemoryEventLog.SLICE / 2;
        InMemoryEventLog log = log(size, 1 << 30);
        append(log, size);
        List<Boolean> doneAtEachTurn = new ArrayList<>();
        List<CompletableFuture<EventPage>> answers = new ArrayList<>();
        inTurn(() -> {
            answers.add(log.read(all(false, MANY)).toCompletableFuture());
            betweenSlices(3, () -> doneAtEachTurn.add(answers.getFirst().isDone()));
            // Forgets the oldest, which was looked at already, and is behind what was asked for.
            log.append(event(size + 1, Payload.NONE));
        });
        assertThat(doneAtEachTurn).containsExactly(false, false, true);
        assertThat(ids(answers.getFirst().join()))
                .isEqualTo(LongStream.rangeClosed(1, size).boxed().toList());
    }

    @Test
    void whatIsForgottenWhileItIsReadIsSkipped() {
        int size = 2 * InMemoryEventLog.SLICE;
        InMemoryEventLog log = log(size, 1 << 30);
        append(log, size);
        List<CompletableFuture<EventPage>> answers = new ArrayList<>();
        inTurn(() -> {
            answers.add(log.read(all(true, MANY)).toCompletableFuture());
            log.append(event(size + 1, Payload.NONE));
        });
        assertThat(ids(answers.getFirst().join())).hasSize(size - 1).doesNotContain(1L);
    }

    @Test
    void conditionsAreThoseOfAPlainListWhateverTheyAre() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            int kept = 1 + random.nextInt(20);
            List<StoredEvent> model = new ArrayList<>();
            InMemoryEventLog log = log(kept, 1 << 20);
            int appended = random.nextInt(40);
            for (int i = 1; i <= appended; i++) {
                StoredEvent event = randomEvent(random, i);
                model.add(event);
                inTurn(() -> log.append(event));
            }
            List<StoredEvent> rest = model.subList(Math.max(0, appended - kept), appended);
            EventQuery query = randomQuery(random, appended);
            EventPage page = read(log, query);
            assertThat(page).as("seed %d round %d %s", seed, round, query).isEqualTo(expected(rest, query));
        }
    }

    /** The same by hand: all conditions one after the other on a list. */
    private static EventPage expected(List<StoredEvent> kept, EventQuery query) {
        List<Long> ids = kept.stream().map(StoredEvent::publication).toList();
        Positions bounds = query.positions();
        for (long bound : List.of(bounds.from(), bounds.after(), bounds.before(), bounds.until())) {
            if (bound != 0 && !ids.contains(bound)) {
                return EventPage.EMPTY;
            }
        }
        List<StoredEvent> found = new ArrayList<>(IntStream.range(0, kept.size())
                .filter(i -> bounds.from() == 0 || i >= ids.indexOf(bounds.from()))
                .filter(i -> bounds.after() == 0 || i > ids.indexOf(bounds.after()))
                .filter(i -> bounds.before() == 0 || i < ids.indexOf(bounds.before()))
                .filter(i -> bounds.until() == 0 || i <= ids.indexOf(bounds.until()))
                .mapToObj(kept::get)
                .filter(event -> query.topic() == null || event.topic().equals(query.topic()))
                .filter(event -> event.receivers().equals(NamedReceivers.ALL))
                .filter(event -> isWithin(event.time().toEpochMilli(), query.times()))
                .toList());
        List<StoredEvent> walked = query.reverse() ? found.reversed() : found;
        boolean isLimitReached = walked.size() > query.limit();
        return new EventPage(isLimitReached ? walked.subList(0, query.limit()) : walked, isLimitReached);
    }

    private static boolean isWithin(long millis, Times times) {
        return (times.from() == null || millis >= times.from().toEpochMilli())
                && (times.after() == null || millis > times.after().toEpochMilli())
                && (times.before() == null || millis < times.before().toEpochMilli())
                && (times.until() == null || millis <= times.until().toEpochMilli());
    }

    private static StoredEvent randomEvent(Random random, int id) {
        NamedReceivers notForAsker = new NamedReceivers(List.of("ann"), null, null, null);
        return new StoredEvent(
                id,
                Instant.ofEpochMilli(random.nextInt(5)),
                new Uri("topic" + random.nextInt(2)),
                EventDetails.NONE,
                Payload.NONE,
                random.nextInt(4) == 0 ? notForAsker : NamedReceivers.ALL);
    }

    private static EventQuery randomQuery(Random random, int publications) {
        return new EventQuery(
                ASKER,
                new Times(randomTime(random), randomTime(random), randomTime(random), randomTime(random)),
                new Positions(
                        randomBound(random, publications),
                        randomBound(random, publications),
                        randomBound(random, publications),
                        randomBound(random, publications)),
                random.nextBoolean() ? null : new Uri("topic0"),
                random.nextBoolean(),
                1 + random.nextInt(5));
    }

    private static @Nullable Instant randomTime(Random random) {
        return random.nextInt(3) == 0 ? Instant.ofEpochMilli(random.nextInt(6)) : null;
    }

    private static long randomBound(Random random, int publications) {
        return random.nextInt(4) == 0 ? random.nextInt(publications + 2) : 0;
    }

    @Test
    void overTheLimitOfAllRealmsTheOldestAreForgottenAndTheNewestStays() {
        int eventBytes = InMemoryEventLog.OVERHEAD_BYTES + (int) HeapEstimate.of("topic");
        memory = new RetentionBudget(new LowHeapMonitor(new Counters()), 3L * eventBytes);
        InMemoryEventLog one = log(10, 1 << 20);
        InMemoryEventLog other = log(10, 1 << 20);
        append(one, 5);
        assertThat(one.size()).isEqualTo(3);
        append(other, 2);
        assertThat(other.size()).isEqualTo(1);
        assertThat(memory.totalBytes()).isEqualTo(4L * eventBytes);
    }

    @Test
    void eventsStayAsLongAsTheyMayWhateverTheTimeOfDayIsSetTo() {
        SettableClock clock = new SettableClock();
        InMemoryEventLog log = log(100, 1 << 20, clock);
        inTurn(() -> {
            log.append(event(1, Payload.NONE));
            clock.timeOfDay = clock.timeOfDay.plus(Duration.ofDays(1));
            log.append(event(2, Payload.NONE));
            assertThat(log.size()).isEqualTo(2);

            clock.timeOfDay = clock.timeOfDay.minus(Duration.ofDays(3));
            clock.nanos = Duration.ofHours(1).toNanos() + 1;
            log.append(event(3, Payload.NONE));
            assertThat(log.size()).isEqualTo(1);
        });
    }

    private InMemoryEventLog log(int events, int bytes) {
        return log(events, bytes, new StoppedClock());
    }

    private InMemoryEventLog log(int events, int bytes, Timers timers) {
        HistoryTopic topic = new HistoryTopic(new Uri("topic"), MatchPolicy.PREFIX, events, Duration.ofHours(1), bytes);
        return new InMemoryEventLog(topic, turnstile, timers, memory.account());
    }

    /** Confined to one thread. A clock whose time of day can be set without time passing. */
    private static final class SettableClock implements Timers {
        private Instant timeOfDay = Instant.EPOCH;
        private long nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return timeOfDay;
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            return () -> {};
        }

        @Override
        public Timer every(Duration period, Runnable action) {
            return () -> {};
        }
    }

    private void append(InMemoryEventLog log, int count) {
        inTurn(() -> {
            for (int id = 1; id <= count; id++) {
                log.append(event(id, Payload.NONE));
            }
        });
    }

    private static StoredEvent event(long id, Payload payload) {
        return new StoredEvent(id, Instant.EPOCH, new Uri("topic"), EventDetails.NONE, payload, NamedReceivers.ALL);
    }

    private EventPage read(InMemoryEventLog log, EventQuery query) {
        List<EventPage> pages = new ArrayList<>();
        inTurn(() -> log.read(query).thenAccept(pages::add));
        return pages.getFirst();
    }

    private static EventQuery all(boolean reverse, int limit) {
        return new EventQuery(ASKER, Times.ALL, Positions.ALL, null, reverse, limit);
    }

    private static EventQuery between(Positions positions) {
        return new EventQuery(ASKER, Times.ALL, positions, null, false, MANY);
    }

    private static List<Long> ids(EventPage page) {
        return page.events().stream().map(StoredEvent::publication).toList();
    }

    private void betweenSlices(int times, Runnable step) {
        step.run();
        if (times > 1) {
            turnstile.run(() -> betweenSlices(times - 1, step));
        }
    }

    private void inTurn(Runnable operation) {
        turnstile.run(operation);
        assertThat(faults).isEmpty();
    }
}
