package io.junctor.cluster.engine;

import java.util.List;

/** Receives the messages of a lane. The engine calls a receiver on one thread at a time. */
@FunctionalInterface
public interface Receiver {
    /**
     * Processes messages in the order in which they arrived. Must not block. If it throws, the engine logs the exception, and counts the
     * messages as received.
     *
     * @param messages 1 to 64 messages
     */
    void onMessages(List<Message> messages);
}
