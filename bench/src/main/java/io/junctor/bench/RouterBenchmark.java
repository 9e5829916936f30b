package io.junctor.bench;

import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures calls and events in the router without a network: decoding, permissions, the turn, routing, encoding and
 * one gathered write per receiver. Checks this claim: the router's share of the cost of a call or event is small compared to that
 * of the network.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RouterBenchmark {
    private static final Uri URI = new Uri("com.bench.item0");
    private static final Payload PAYLOAD = BenchMessages.payload(Serializer.MSGPACK, 64);
    /** A router with the subscribers of one topic. */
    @State(Scope.Thread)
    public static class Subscribers {
        /** The number of receivers of each event. */
        @Param({"1", "10", "1000"})
        private int receivers;

        private final InMemoryRouter router = new InMemoryRouter();
        private final InMemoryClient first = router.subscribe(URI);
        private final InMemoryClient publisher = router.join();
        private final MessageTemplate publications =
                new MessageTemplate(1, id -> new Publish(id, PublishMessageOptions.ACKNOWLEDGE, URI, PAYLOAD));

        /** Subscribes the receivers. */
        @Setup(Level.Trial)
        public void subscribe() {
            for (int i = 1; i < receivers; i++) {
                router.subscribe(URI);
            }
        }

        /** Closes the router. */
        @TearDown(Level.Trial)
        public void close() {
            router.close();
        }
    }

    private final InMemoryRouter router = new InMemoryRouter();
    private final InMemoryClient caller = router.join();
    private final InMemoryClient callee = router.join();
    private final MessageTemplate calls =
            new MessageTemplate(1, id -> new Call(id, CallMessageOptions.DEFAULT, URI, PAYLOAD));
    private final MessageTemplate yields = new MessageTemplate(1, id -> new Yield(id, ResultDetails.FINAL, PAYLOAD));

    /** Registers the procedure. */
    @Setup(Level.Trial)
    public void register() {
        callee.send(BenchMessages.encode(Serializer.MSGPACK, new Register(1, RegisterMessageOptions.DEFAULT, URI)));
        callee.awaitMoreThan(1);
        long before = caller.received();
        call();
        caller.awaitMoreThan(before);
    }

    /** Closes the router. */
    @TearDown(Level.Trial)
    public void close() {
        router.close();
    }

    /** Makes a call and waits for its result: four messages. */
    @Benchmark
    public long call() {
        long before = callee.received();
        caller.send(calls.next());
        callee.awaitMoreThan(before);
        callee.send(yields.next());
        return caller.received();
    }

    /** Publishes with acknowledgement; one operation is one publication with all its events. */
    @Benchmark
    public long publish(Subscribers subscribers) {
        subscribers.publisher.send(subscribers.publications.next());
        return subscribers.first.received();
    }
}
