package io.junctor.bench;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.broker.Broker;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.memory.LowHeapMonitor;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.RandomIds;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.SystemTimers;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Checks this claim: the time to find the subscribers of a publication does not depend on the number of topics. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MatchBenchmark {
    /** The number of topics with a subscriber. */
    @Param({"10", "1000", "100000"})
    private int topics;

    private final Broker broker = new Broker(
            new RandomIds(new SecureRandom()),
            new Broker.Schedule(
                    new Turnstile(Turnstile.Bounds.ofOperations(1, 1), Runnable::run, fault -> {}),
                    new SystemTimers(Runnable::run)),
            new RetentionBudget(new LowHeapMonitor(new Counters()), Long.MAX_VALUE).account(),
            new RealmCounters(new Counters()),
            RealmConfig.open("bench"),
            null);
    private final BenchSession subscriber = new BenchSession(1);
    private final BenchSession publisher = new BenchSession(2);
    private final Publish publish =
            new Publish(1, PublishMessageOptions.DEFAULT, new Uri("com.bench.item7"), Payload.NONE);

    /** Subscribes to all topics. */
    @Setup
    public void subscribe() {
        try (Pass pass = Pass.open()) {
            for (int i = 0; i < topics; i++) {
                Uri topic = new Uri("com.bench.item" + i);
                broker.onSubscribe(subscriber.session(), new Subscribe(i + 1, SubscribeMessageOptions.DEFAULT, topic));
            }
        }
    }

    /** Finds the only subscriber, and appends and writes its event. */
    @Benchmark
    public long publishToOneOfMany() {
        try (Pass pass = Pass.open()) {
            broker.onPublish(publisher.session(), publish, SenderDisclosure.PLAIN);
        }
        return subscriber.messages();
    }
}
