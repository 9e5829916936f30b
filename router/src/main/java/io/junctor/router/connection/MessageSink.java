package io.junctor.router.connection;

import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Accepts the messages that a session sends; {@link Outbox} is the sink of a client. A session calls it in the turn of
 * its realm.
 */
public interface MessageSink {
    /** The serializer of the receiver. */
    Serializer serializer();

    /** Appends a message for this receiver only. */
    void append(FromRouter message, Payload payload);

    /** Appends an event that other receivers get as well. */
    void append(EncodeOnce shared);

    /** The bytes that wait, including a write that is not finished. */
    long waitingBytes();

    /** The messages that wait, including those of a write that is not finished. */
    int waitingMessages();

    /** The number of the write that the transport has not finished; 0 without one. */
    int writeOnItsWay();

    /**
     * Removes every {@code INVOCATION} that is not sent yet and hands them to {@code taker}, in order: before this method returns, or
     * outside of the turn when the unfinished write is done. An empty list if an earlier call is not finished.
     */
    void takeBack(Consumer<List<Invocation>> taker);
}
