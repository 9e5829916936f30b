package io.junctor.router.connection;

import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Serializer;
import java.util.List;
import java.util.function.Consumer;

/** The sink of a session without a client. It passes each message on at once, so no message waits in it. */
public interface DirectSink extends MessageSink {
    @Override
    default Serializer serializer() {
        return Serializer.CBOR;
    }

    /** Does nothing by default, because such a session has no subscriptions. */
    @InTurn
    @Override
    default void append(OnceEncodedEvent shared) {}

    @Override
    default long waitingBytes() {
        return 0;
    }

    @Override
    default int waitingMessages() {
        return 0;
    }

    @Override
    default int writeOnItsWay() {
        return 0;
    }

    @InTurn
    @Override
    default void takeBack(Consumer<List<Invocation>> taker) {
        taker.accept(List.of());
    }
}
