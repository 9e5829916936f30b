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
    void append(OnceEncodedEvent shared);

    /** The bytes that wait, including those of an unfinished write. */
    long waitingBytes();

    /** The number of messages that wait, including those of an unfinished write. */
    int waitingMessages();

    /** The sequence number of the unfinished write of the transport; 0 if there is none. */
    int writeOnItsWay();

    /**
     * Removes every {@code INVOCATION} that is not sent yet and passes them to {@code taker}, in order: before this method returns, or
     * outside of the turn when the unfinished write has ended. Passes an empty list if an earlier call of this method has not ended.
     */
    void takeBack(Consumer<List<Invocation>> taker);
}
