package io.junctor.bench.stress;

import io.junctor.router.connection.OnceEncodedEvent;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two flushers encode one event at the same time: both get the same complete array. */
@JCStressTest
@State
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "one complete array")
public class OnceEncodedEventSharesOneArray {
    private final OnceEncodedEvent event = new OnceEncodedEvent(new Event(1, 2, EventDetails.NONE, Payload.NONE));
    private byte[] one = {};
    private byte[] other = {};

    @Actor
    public void flusher() {
        one = bytes();
    }

    @Actor
    public void otherFlusher() {
        other = bytes();
    }

    @Arbiter
    public void compare(II_Result result) {
        result.r1 = one == other ? 1 : 0;
        result.r2 = one.length == 5 && one[1] == Event.CODE ? 1 : 0;
    }

    private byte[] bytes() {
        try {
            return event.bytes(StepwiseConnection.CODECS, Serializer.MSGPACK);
        } catch (UnrepresentableException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
