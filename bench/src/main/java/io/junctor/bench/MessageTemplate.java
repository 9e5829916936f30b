package io.junctor.bench;

import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Serializer;
import java.nio.ByteBuffer;
import java.util.function.LongFunction;

/**
 * Creates copies of a MessagePack message with increasing request ids. Each copy is a new array, as a transport
 * delivers it. Confined to one thread.
 */
final class MessageTemplate {
    /** An id of eight bytes whose bytes occur nowhere else in the message. */
    private static final long PLACEHOLDER = 0x0011_2233_4455_6677L;

    private final byte[] template;
    private final int idOffset;
    private long id;

    /** Creates a template from {@code message}; the ids start with {@code first}. */
    MessageTemplate(long first, LongFunction<Message> message) {
        this.template = BenchMessages.encode(Serializer.MSGPACK, message.apply(PLACEHOLDER));
        this.idOffset = idOffset(template);
        this.id = first;
    }

    private static int idOffset(byte[] template) {
        ByteBuffer buffer = ByteBuffer.wrap(template);
        int at = 0;
        while (buffer.getLong(at) != PLACEHOLDER) {
            at++;
        }
        return at;
    }

    /** Returns the next message. */
    byte[] next() {
        byte[] message = template.clone();
        ByteBuffer.wrap(message).putLong(idOffset, id++);
        return message;
    }
}
