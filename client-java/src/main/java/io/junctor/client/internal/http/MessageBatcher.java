package io.junctor.client.internal.http;

import io.junctor.wamp.codec.batch.BatchFormat;
import java.util.ArrayList;
import java.util.List;

/** Joins messages to batches of a size that every router accepts, because the client does not know the limit of its router. Thread-safe. */
public final class MessageBatcher {
    /** The most bytes of a batch of several messages. A router accepts this size from the first message on. */
    private static final int BATCH_BYTES = 1 << 16;

    private MessageBatcher() {}

    /** Returns the messages in as few batches as the size allows; a large message is a batch of its own. */
    public static List<byte[]> of(List<byte[]> messages, BatchFormat format) {
        List<byte[]> batches = new ArrayList<>();
        List<byte[]> together = new ArrayList<>();
        int bytes = 0;
        for (byte[] message : messages) {
            int size = message.length + Integer.BYTES;
            if (!together.isEmpty() && bytes + size > BATCH_BYTES) {
                batches.add(format.join(together));
                together.clear();
                bytes = 0;
            }
            together.add(message);
            bytes += size;
        }
        if (!together.isEmpty()) {
            batches.add(format.join(together));
        }
        return batches;
    }
}
