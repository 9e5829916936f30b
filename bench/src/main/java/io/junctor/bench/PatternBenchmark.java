package io.junctor.bench;

import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
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
 * Checks this claim: the time of a publication or call does not depend on the number of prefix and wildcard patterns that do not
 * match. Half of the patterns are prefixes, half are wildcards, and all share their first components with the URI.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PatternBenchmark {
    private static final Uri URI = new Uri("com.bench.device.temperature");
    private static final Uri PREFIX = new Uri("com.bench.device.temp");
    private static final Payload PAYLOAD = BenchMessages.payload(Serializer.MSGPACK, 64);
    private static final int PER_SESSION = 5_000;
    private static final int MAX_PATTERNS = 100_000;

    /** The number of patterns that do not match. */
    @Param({"10", "1000", "100000"})
    private int patterns;

    private final InMemoryRouter router = new InMemoryRouter();
    private final InMemoryClient subscriber = router.join();
    private final InMemoryClient callee = router.join();
    private final InMemoryClient publisher = router.join();
    private final InMemoryClient caller = router.join();
    private final MessageTemplate publications =
            new MessageTemplate(1, id -> new Publish(id, PublishMessageOptions.ACKNOWLEDGE, URI, PAYLOAD));
    private final MessageTemplate calls =
            new MessageTemplate(1, id -> new Call(id, CallMessageOptions.DEFAULT, URI, PAYLOAD));
    private final MessageTemplate yields = new MessageTemplate(1, id -> new Yield(id, ResultDetails.FINAL, PAYLOAD));

    /**
     * Adds one matching prefix subscription and registration, and all patterns that do not match. Always adds the maximum
     * number of patterns and then removes the surplus, so that the compiler sees the same work in each run.
     */
    @Setup(Level.Trial)
    public void subscribeAndRegister() {
        InMemoryClient holder = subscriber;
        List<InMemoryClient> leavers = new ArrayList<>();
        for (int i = 0; i < MAX_PATTERNS; i++) {
            if (i % PER_SESSION == 0 || i == patterns) {
                holder = router.join();
                leavers.addAll(i < patterns ? List.of() : List.of(holder));
            }
            boolean prefix = i % 2 == 0;
            MatchPolicy match = prefix ? MatchPolicy.PREFIX : MatchPolicy.WILDCARD;
            attach(holder, 2L * i + 1, prefix ? "com.bench.device" + i : "com.bench..reading" + i, match);
        }
        leavers.forEach(leaver -> leaver.send(message(new Goodbye(CloseDetails.NONE, WampError.CLOSE_REALM.uri()))));
        subscriber.send(message(new Subscribe(1, subscribe(MatchPolicy.PREFIX), PREFIX)));
        callee.send(message(new Register(1, register(MatchPolicy.PREFIX), PREFIX)));
        subscriber.awaitMoreThan(1);
        callee.awaitMoreThan(1);
    }

    /** Closes the router. */
    @TearDown(Level.Trial)
    public void close() {
        router.close();
    }

    /** Publishes with acknowledgement to one receiver. */
    @Benchmark
    public long publish() {
        publisher.send(publications.next());
        return subscriber.received();
    }

    /** Makes a call and waits for its result. */
    @Benchmark
    public long call() {
        long before = callee.received();
        caller.send(calls.next());
        callee.awaitMoreThan(before);
        callee.send(yields.next());
        return caller.received();
    }

    private static void attach(InMemoryClient holder, long request, String pattern, MatchPolicy match) {
        holder.send(message(new Subscribe(request, subscribe(match), new Uri(pattern))));
        holder.send(message(new Register(request + 1, register(match), new Uri(pattern))));
    }

    private static SubscribeMessageOptions subscribe(MatchPolicy match) {
        return new SubscribeMessageOptions(match, false, List.of(), Dict.EMPTY);
    }

    private static RegisterMessageOptions register(MatchPolicy match) {
        return new RegisterMessageOptions(match, InvokePolicy.SINGLE, false, false, List.of(), Dict.EMPTY);
    }

    private static byte[] message(Message message) {
        return BenchMessages.encode(Serializer.MSGPACK, message);
    }
}
