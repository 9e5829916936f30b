package io.junctor.cluster.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.HealthListener;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Recorder;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.engine.WatcherLog;
import io.junctor.cluster.engine.Written;
import io.junctor.router.turn.ManualTimers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Faults of the network in memory. Nothing runs by itself: the test takes each step. */
class MemoryNetworkTest {
    private static final RouterId FIRST = new RouterId(1);
    private static final RouterId SECOND = new RouterId(2);

    private final Queue<Runnable> steps = new ArrayDeque<>();
    private final ManualTimers timers = new ManualTimers();

    @Test
    void messagesWithRandomDelaysStayInOrder() {
        Random random = new Random(3);
        MemoryNetwork network = network(new Faults() {
            @Override
            public Duration delay() {
                return Duration.ofMillis(random.nextInt(50));
            }
        });
        Recorder recorder = connectBoth(network);
        Lane lane = network.engine(FIRST).lane(Traffic.EVENTS, "realm", new Recorder());
        for (int i = 0; i < 500; i++) {
            lane.publish("a", bytes("" + i));
            advance(Duration.ofMillis(random.nextInt(3)));
        }
        assertThat(recorder.messages()).hasSizeLessThan(500);
        advance(Duration.ofSeconds(1));
        assertThat(recorder.texts())
                .isEqualTo(IntStream.range(0, 500).mapToObj(String::valueOf).toList());
    }

    @Test
    void lateCopiesAreDroppedByTheSequenceFilterAndOnlyByIt() {
        assertThat(receivedWithCopies(true)).isEqualTo(20);
        assertThat(receivedWithCopies(false)).isEqualTo(40);
    }

    @Test
    void interestTakesItsTimeWithoutTheEcho() {
        MemoryNetwork network = network(new Faults() {
            @Override
            public Duration delay() {
                return Duration.ofMillis(10);
            }

            @Override
            public boolean hasInterestEcho() {
                return false;
            }
        });
        Engine first = network.open(FIRST);
        Engine second = network.open(SECOND);
        second.peers(Set.of(FIRST));
        Recorder recorder = new Recorder();
        Lane to = second.lane(Traffic.EVENTS, "realm", recorder);
        to.subscribe("a");
        assertThat(to.interestKnown().toCompletableFuture()).isDone();
        first.lane(Traffic.EVENTS, "realm", new Recorder()).publish("a", bytes("lost"));
        advance(Duration.ofSeconds(1));
        assertThat(recorder.texts()).isEmpty();
    }

    @Test
    void aRouterThatIsCutOffReceivesNothingUntilItIsConnectedAgain() {
        MemoryNetwork network = network(Faults.NONE);
        Recorder recorder = connectBoth(network);
        Lane lane = network.engine(FIRST).lane(Traffic.EVENTS, "realm", new Recorder());
        List<String> news = new ArrayList<>();
        network.engine(SECOND).onHealth(new HealthListener() {
            @Override
            public void onConnected() {
                news.add("connected");
            }

            @Override
            public void onDisconnected(String reason) {
                news.add(reason);
            }
        });
        lane.publish("a", bytes("under way"));
        network.cutOff(SECOND);
        settle();
        CompletableFuture<Void> unheard = new CompletableFuture<>();
        lane.publish("a", bytes("cut"), () -> unheard.complete(null));
        settle();
        assertThat(unheard).isDone();
        network.reconnect(SECOND);
        settle();
        lane.publish("a", bytes("back"));
        settle();
        assertThat(recorder.texts()).containsExactly("back");
        assertThat(news).containsExactly("cut off", "connected");
    }

    @Test
    void anInterestOfARouterThatIsCutOffBecomesKnownOnceItIsBack() {
        MemoryNetwork network = network(Faults.NONE);
        connectBoth(network);
        Lane lane = network.engine(FIRST).lane(Traffic.EVENTS, "realm", new Recorder());
        for (RouterId cut : List.of(FIRST, SECOND)) {
            network.cutOff(cut);
            lane.subscribe("b");
            CompletableFuture<Void> known = lane.interestKnown().toCompletableFuture();
            settle();
            assertThat(known).isNotDone();
            network.reconnect(cut);
            settle();
            assertThat(known).isDone();
        }
    }

    @Test
    void aWatcherCatchesUpAfterACut() {
        MemoryNetwork network = network(Faults.NONE);
        connectBoth(network);
        var writer = network.engine(FIRST).records(Store.REGISTRY);
        WatcherLog log = new WatcherLog();
        network.engine(SECOND).records(Store.REGISTRY).watch(log);
        writer.put("a", bytes("1"));
        writer.put("b", bytes("1"));
        settle();
        network.cutOff(SECOND);
        writer.put("a", bytes("2"));
        writer.put("a", bytes("3"));
        writer.remove("b");
        settle();
        network.reconnect(SECOND);
        settle();
        assertThat(log.lines()).containsExactly("a=1", "b=1", "b deleted", "a=3");
        assertThat(log.caughtUp()).isEqualTo(2);
    }

    @Test
    void aWipedStoreIsNoticedWhenItIsReadAgain() {
        MemoryNetwork network = network(Faults.NONE);
        connectBoth(network);
        WatcherLog log = new WatcherLog();
        var records = network.engine(FIRST).records(Store.REGISTRY);
        records.watch(log);
        records.put("a", bytes("1"));
        settle();
        network.wipe(Store.REGISTRY);
        network.cutOff(FIRST);
        network.reconnect(FIRST);
        settle();
        assertThat(log.lines()).containsExactly("a=1", "a deleted");
    }

    @Test
    void aStoreThatStandsStillLeavesTheOutcomeUnknown() {
        MemoryNetwork network = network(Faults.NONE);
        connectBoth(network);
        var records = network.engine(FIRST).records(Store.REGISTRY);
        network.suspend(Store.REGISTRY);
        CompletableFuture<Written> write = records.create("a", bytes("1")).toCompletableFuture();
        settle();
        assertThat(write).isNotDone();
        advance(Duration.ofSeconds(5));
        assertThat(write.join()).isInstanceOf(Written.Unknown.class);
        network.resume(Store.REGISTRY);
        CompletableFuture<Written> again = records.create("a", bytes("2")).toCompletableFuture();
        settle();
        assertThat(again.join()).isInstanceOf(Written.Conflict.class);
    }

    @Test
    void whatIsWrittenWithoutAConnectionHasNoKnownOutcome() {
        MemoryNetwork network = network(Faults.NONE);
        connectBoth(network);
        network.cutOff(FIRST);
        var records = network.engine(FIRST).records(Store.REGISTRY);
        CompletableFuture<Written> write = records.create("a", bytes("1")).toCompletableFuture();
        settle();
        assertThat(write.join()).isInstanceOf(Written.Unknown.class);
        var read = records.read("a").toCompletableFuture();
        settle();
        assertThat(read).isCompletedExceptionally();
    }

    @Test
    void twoRoutersCannotHaveOneId() {
        MemoryNetwork network = network(Faults.NONE);
        Engine first = network.open(FIRST);
        assertThatThrownBy(() -> network.open(FIRST))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(FIRST.toString());
        first.close();
        network.open(FIRST);
        assertThat(network.routers()).containsExactly(FIRST);
    }

    private int receivedWithCopies(boolean hasFilter) {
        MemoryNetwork network = network(new Faults() {
            @Override
            public boolean arrivesAgain() {
                return true;
            }

            @Override
            public boolean hasSequenceFilter() {
                return hasFilter;
            }
        });
        Recorder recorder = connectBoth(network);
        Lane lane = network.engine(FIRST).lane(Traffic.EVENTS, "realm", new Recorder());
        for (int i = 0; i < 20; i++) {
            lane.publish("a", bytes("" + i));
        }
        settle();
        return recorder.messages().size();
    }

    private Recorder connectBoth(MemoryNetwork network) {
        network.open(FIRST).peers(Set.of(SECOND));
        Engine second = network.open(SECOND);
        second.peers(Set.of(FIRST));
        Recorder recorder = new Recorder();
        second.lane(Traffic.EVENTS, "realm", recorder).subscribe("a");
        advance(Duration.ofSeconds(1));
        return recorder;
    }

    private MemoryNetwork network(Faults faults) {
        return new MemoryNetwork(timers, steps::add, faults);
    }

    private void advance(Duration duration) {
        for (long i = 0; i < duration.toMillis(); i++) {
            timers.advance(Duration.ofMillis(1));
            settle();
        }
    }

    private void settle() {
        for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
            step.run();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
