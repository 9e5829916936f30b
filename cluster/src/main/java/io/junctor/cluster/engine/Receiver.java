package io.junctor.cluster.engine;

import java.util.List;

/** Takes the messages of a lane. The engine calls it on one thread at a time. */
@FunctionalInterface
public interface Receiver {
    /**
     * Takes messages in the order in which they arrived. Must not block. What it throws is logged, and the messages count
     * as received.
     *
     * @param messages 1 to 64 messages
     */
    void onMessages(List<Message> messages);
}
