package io.junctor.bench;

import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
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

/**
 * Checks this claim: the router does not decode arguments, so a message of 4 KiB costs little more than its validation and one
 * copy, in every serialization.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    private static final Uri URI = new Uri("com.bench.item0");
    private static final long GLOBAL_ID = 4_503_599_627_370_497L;

    /** The serialization. */
    @Param
    private Serializer serializer = Serializer.JSON;

    /** The length of the string that is the only argument. */
    @Param({"64", "4096"})
    private int characters;

    private Codec codec = BenchMessages.CODECS.of(serializer);
    private byte[] call = {};
    private byte[] publish = {};
    private Invocation invocation = new Invocation(1, 1, InvocationDetails.NONE, Payload.NONE);
    private Result result = new Result(1, ResultDetails.FINAL, Payload.NONE);
    private Event event = new Event(1, 1, EventDetails.NONE, Payload.NONE);

    /** Creates the messages. */
    @Setup
    public void messages() {
        codec = BenchMessages.CODECS.of(serializer);
        Payload payload = BenchMessages.payload(serializer, characters);
        call = BenchMessages.encode(serializer, new Call(1_000, CallMessageOptions.DEFAULT, URI, payload));
        publish = BenchMessages.encode(serializer, new Publish(1_000, PublishMessageOptions.ACKNOWLEDGE, URI, payload));
        invocation = new Invocation(1_000, GLOBAL_ID, InvocationDetails.NONE, payload);
        result = new Result(1_000, ResultDetails.FINAL, payload);
        event = new Event(GLOBAL_ID, GLOBAL_ID, EventDetails.NONE, payload);
    }

    /** Decodes the envelope of a CALL. */
    @Benchmark
    public FromClient decodeCall() {
        return codec.decodeFromClient(call);
    }

    /** Decodes the envelope of an acknowledged PUBLISH. */
    @Benchmark
    public FromClient decodePublish() {
        return codec.decodeFromClient(publish);
    }

    /** Encodes an INVOCATION. */
    @Benchmark
    public byte[] encodeInvocation() throws UnrepresentableException {
        return codec.encode(invocation);
    }

    /** Encodes a RESULT. */
    @Benchmark
    public byte[] encodeResult() throws UnrepresentableException {
        return codec.encode(result);
    }

    /** Encodes an EVENT, which the router does once for all receivers. */
    @Benchmark
    public byte[] encodeEvent() throws UnrepresentableException {
        return codec.encode(event);
    }
}
