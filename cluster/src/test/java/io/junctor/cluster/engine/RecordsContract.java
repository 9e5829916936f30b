package io.junctor.cluster.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What records of every engine promise. */
public abstract class RecordsContract extends EngineContract {
    @ParameterizedTest
    @EnumSource(value = Store.class, mode = EnumSource.Mode.EXCLUDE, names = "HISTORY")
    void aRecordIsCreatedOnce(Store store) {
        List<Engine> routers = routers(2);
        long revision = accepted(routers.get(0).records(store).create("a.b", bytes("one")));
        assertThat(get(routers.get(1).records(store).create("a.b", bytes("two"))))
                .isInstanceOf(Written.Conflict.class);
        Entry entry = get(routers.get(1).records(store).read("a.b")).orElseThrow();
        assertThat(entry.key()).isEqualTo("a.b");
        assertThat(entry.revision()).isEqualTo(revision);
        assertThat(entry.value()).isEqualTo(bytes("one"));
    }

    @Test
    void aRecordIsReplacedAtItsRevisionOnly() {
        Records records = routers(1).getFirst().records(Store.REGISTRY);
        long first = accepted(records.create("a", bytes("1")));
        long other = accepted(records.create("b", bytes("1")));
        long second = accepted(records.replace("a", bytes("2"), first));
        assertThat(second).isGreaterThan(other).isGreaterThan(first);
        assertThat(get(records.replace("a", bytes("3"), first))).isInstanceOf(Written.Conflict.class);
        assertThat(get(records.replace("a", bytes("3"), other))).isInstanceOf(Written.Conflict.class);
        assertThat(get(records.replace("c", bytes("3"), first))).isInstanceOf(Written.Conflict.class);
        assertThat(get(records.read("a")).orElseThrow().value()).isEqualTo(bytes("2"));
    }

    @Test
    void aDeletedRecordIsGoneAndCanBeCreatedAgain() {
        Records records = routers(1).getFirst().records(Store.REGISTRY);
        long first = accepted(records.create("a", bytes("1")));
        assertThat(get(records.delete("a", first + 1))).isInstanceOf(Written.Conflict.class);
        accepted(records.delete("a", first));
        assertThat(get(records.read("a"))).isEmpty();
        assertThat(get(records.replace("a", bytes("2"), first))).isInstanceOf(Written.Conflict.class);
        assertThat(get(records.delete("a", first))).isInstanceOf(Written.Conflict.class);
        long again = accepted(records.create("a", bytes("3")));
        assertThat(again).isGreaterThan(first);
        assertThat(get(records.create("a", bytes("4")))).isInstanceOf(Written.Conflict.class);
    }

    @Test
    void aRecordOfOneWriterNeedsNoRevision() {
        Records records = routers(1).getFirst().records(Store.REGISTRY);
        accepted(records.put("a", bytes("1")));
        long second = accepted(records.put("a", bytes("2")));
        assertThat(get(records.read("a")).orElseThrow().revision()).isEqualTo(second);
        accepted(records.remove("a"));
        accepted(records.remove("a"));
        assertThat(get(records.read("a"))).isEmpty();
        accepted(records.put("a", bytes("")));
        assertThat(get(records.read("a")).orElseThrow().value()).isEmpty();
    }

    @Test
    void aRecordThatWasNeverWrittenIsReadAsEmpty() {
        assertThat(get(routers(1).getFirst().records(Store.RETAINED).read("never")))
                .isEmpty();
    }

    @Test
    void aWatcherIsToldEachRecordAlsoIfRecordsAreWrittenMeanwhile() throws Exception {
        Records records = routers(1).getFirst().records(Store.REGISTRY);
        List<String> keys = List.of("a", "b", "c");
        keys.forEach(key -> accepted(records.put(key, bytes("1"))));
        AtomicBoolean ending = new AtomicBoolean();
        Thread writing = Thread.ofVirtual().start(() -> {
            while (!ending.get()) {
                keys.forEach(key -> accepted(records.put(key, bytes("2"))));
            }
        });
        for (int round = 0; round < 50; round++) {
            FirstReading reading = new FirstReading();
            Watch watch = records.watch(reading);
            assertThat(get(reading.done)).containsExactlyInAnyOrderElementsOf(keys);
            watch.close();
        }
        ending.set(true);
        writing.join();
    }

    @Test
    void recordsAreListedByPattern() {
        Records records = routers(1).getFirst().records(Store.REGISTRY);
        assertThat(get(records.list("*.c.>"))).isEmpty();
        for (String key : List.of("b.c.1", "a.c.1.2", "a.p.1", "a.c.2")) {
            accepted(records.put(key, bytes("1")));
        }
        accepted(records.put("b.c.1", bytes("2")));
        accepted(records.remove("a.c.2"));
        assertThat(get(records.list("*.c.>")).stream().map(Entry::key)).containsExactly("a.c.1.2", "b.c.1");
        assertThat(get(records.list("*.c.>")).getLast().value()).isEqualTo(bytes("2"));
    }

    @Test
    void ofManyWritersExactlyOneWins() {
        List<Engine> routers = routers(3);
        for (int i = 0; i < 30; i++) {
            String key = "key." + i;
            long before = accepted(routers.getFirst().records(Store.REGISTRY).create(key, bytes("0")));
            List<CompletionStage<Written>> tries = new ArrayList<>();
            for (int writer = 0; writer < 6; writer++) {
                Records records = routers.get(writer % 3).records(Store.REGISTRY);
                tries.add(records.replace(key, bytes("" + writer), before));
            }
            List<Written> results = tries.stream().map(EngineContract::get).toList();
            assertThat(results)
                    .as(key)
                    .filteredOn(Written.Accepted.class::isInstance)
                    .hasSize(1);
            assertThat(results)
                    .as(key)
                    .filteredOn(Written.Conflict.class::isInstance)
                    .hasSize(5);
        }
    }

    @Test
    void aReadSeesWhatWasAcceptedBefore() {
        List<Engine> routers = routers(2);
        for (int i = 0; i < 100; i++) {
            accepted(routers.get(0).records(Store.REGISTRY).put("a", bytes("" + i)));
            assertThat(get(routers.get(1).records(Store.REGISTRY).read("a"))
                            .orElseThrow()
                            .value())
                    .isEqualTo(bytes("" + i));
        }
    }

    @Test
    void aWatcherIsToldWhatThereIsAndThenEachChange() {
        List<Engine> routers = routers(2);
        Records records = routers.get(0).records(Store.REGISTRY);
        accepted(records.create("a", bytes("1")));
        accepted(records.create("b.c", bytes("1")));
        accepted(records.put("a", bytes("2")));
        accepted(records.create("gone", bytes("1")));
        accepted(records.remove("gone"));
        WatcherLog log = new WatcherLog();
        routers.get(1).records(Store.REGISTRY).watch(log);
        log.awaitCaughtUp();
        log.awaitLines("b.c=1", "a=2");
        long revision = accepted(records.create("d", bytes("1")));
        accepted(records.delete("d", revision));
        accepted(records.put("b.c", bytes("")));
        log.awaitLines("b.c=1", "a=2", "d=1", "d deleted", "b.c=");
    }

    @Test
    void allWatchersAreToldChangesInTheSameOrder() {
        List<Engine> routers = routers(3);
        List<WatcherLog> logs = new ArrayList<>();
        for (Engine router : routers) {
            WatcherLog log = new WatcherLog();
            router.records(Store.REGISTRY).watch(log);
            log.awaitCaughtUp();
            logs.add(log);
        }
        List<CompletionStage<Written>> writes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Records records = routers.get(i % 3).records(Store.REGISTRY);
            writes.add(records.create("key." + i, bytes("" + i)));
        }
        writes.forEach(EngineContract::accepted);
        for (WatcherLog log : logs) {
            await().atMost(Duration.ofMinutes(1)).until(() -> log.lines().size() == 300);
            assertThat(log.lines()).isEqualTo(logs.getFirst().lines());
        }
    }

    @Test
    void theStoreOfHistoriesHasNoRecords() {
        Engine engine = routers(1).getFirst();
        assertThatThrownBy(() -> engine.records(Store.HISTORY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void storesAreApart() {
        Engine engine = routers(1).getFirst();
        accepted(engine.records(Store.REGISTRY).create("a", bytes("1")));
        accepted(engine.records(Store.TESTAMENTS).create("a", bytes("2")));
        WatcherLog log = new WatcherLog();
        engine.records(Store.TESTAMENTS).watch(log);
        log.awaitLines("a=2");
    }

    @Test
    void aWatcherThatIsClosedIsToldNothing() {
        Engine engine = routers(1).getFirst();
        WatcherLog closed = new WatcherLog();
        WatcherLog open = new WatcherLog();
        Watch watch = engine.records(Store.REGISTRY).watch(closed);
        engine.records(Store.REGISTRY).watch(open);
        closed.awaitCaughtUp();
        open.awaitCaughtUp();
        watch.close();
        accepted(engine.records(Store.REGISTRY).create("a", bytes("1")));
        open.awaitLines("a=1");
        assertThat(closed.lines()).isEmpty();
    }

    @Test
    void aWatcherThatReadsAnewIsToldOnlyThatItKnowsAll() {
        Engine engine = routers(1).getFirst();
        WatcherLog log = new WatcherLog();
        Watch watch = engine.records(Store.REGISTRY).watch(log);
        log.awaitCaughtUp();
        accepted(engine.records(Store.REGISTRY).create("a", bytes("1")));
        log.awaitLines("a=1");
        watch.read();
        await().atMost(Duration.ofMinutes(1)).until(() -> log.caughtUp() == 2);
        assertThat(log.lines()).containsExactly("a=1");
    }

    @Test
    void wrongKeysAreRefused() {
        Records records = routers(1).getFirst().records(Store.REGISTRY);
        for (String wrong : List.of("", "a..b", "*", "a.>", "a b")) {
            assertThatThrownBy(() -> records.put(wrong, bytes("x")))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> records.read(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The keys that a watcher knows when it has been told everything for the first time. */
    private static final class FirstReading implements Watcher {
        private final Set<String> keys = new HashSet<>();
        private final CompletableFuture<Set<String>> done = new CompletableFuture<>();

        @Override
        public void onEntry(Entry entry) {
            keys.add(entry.key());
        }

        @Override
        public void onDeleted(String key, long revision) {
            keys.remove(key);
        }

        @Override
        public void onCaughtUp(long revision) {
            done.complete(Set.copyOf(keys));
        }
    }
}
