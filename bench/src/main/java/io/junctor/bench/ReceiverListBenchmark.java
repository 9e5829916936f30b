package io.junctor.bench;

import io.junctor.wamp.message.Message;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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
 * Measures a publication with a list of receivers from decoding to writing, without a network. Checks this claim: the cost of a
 * list of the largest allowed length is linear in its length, and nearly all of it is spent before the turn, on decoding
 * and sorting.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReceiverListBenchmark {
    private static final Uri URI = new Uri("com.bench.item0");
    private static final Payload PAYLOAD = BenchMessages.payload(Serializer.MSGPACK, 64);
    private static final int SUBSCRIBERS = 10;

    /** The kind of the names in the list. */
    public enum NameKind {
        /** Sessions, none of which exists. */
        EXCLUDE,
        /** Authids, none of which is in use. */
        EXCLUDE_AUTHID
    }

    /** The kind of the list. */
    @Param
    private NameKind names = NameKind.EXCLUDE;

    /** The length of the list; 1,000 is the default limit. */
    @Param({"0", "10", "1000"})
    private int entries;

    private final InMemoryRouter router = new InMemoryRouter();
    private final InMemoryClient first = router.subscribe(URI);
    private final InMemoryClient publisher = router.join();
    private MessageTemplate publications = new MessageTemplate(1, id -> publication(id, Audience.ALL));

    /** Subscribes the receivers and creates the publication. */
    @Setup(Level.Trial)
    public void subscribe() {
        for (int i = 1; i < SUBSCRIBERS; i++) {
            router.subscribe(URI);
        }
        Audience audience = audience();
        publications = new MessageTemplate(1, id -> publication(id, audience));
        long before = first.received();
        publish();
        first.awaitMoreThan(before);
    }

    /** Closes the router. */
    @TearDown(Level.Trial)
    public void close() {
        router.close();
    }

    /** Publishes with acknowledgement to ten subscribers, none of which the list excludes. */
    @Benchmark
    public long publish() {
        publisher.send(publications.next());
        return first.received();
    }

    private Audience audience() {
        List<Long> ids = LongStream.range(0, entries)
                .mapToObj(number -> Long.reverse(number + 1) >>> 11)
                .toList();
        return switch (names) {
            case EXCLUDE -> new Audience(ids, null, null, null, null, null);
            case EXCLUDE_AUTHID ->
                new Audience(null, ids.stream().map(id -> "authid" + id).toList(), null, null, null, null);
        };
    }

    private static Message publication(long id, Audience audience) {
        PublishMessageOptions options =
                new PublishMessageOptions(true, true, false, false, audience, null, List.of(), Dict.EMPTY);
        return new Publish(id, options, URI, PAYLOAD);
    }
}
