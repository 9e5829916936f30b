package io.junctor.bench;

import io.junctor.wamp.message.Message;
import io.junctor.wamp.value.Serializer;
import java.nio.ByteBuffer;
import java.util.function.LongFunction;

/**
 * A MessagePack message sent over and over with a new id, at the cost of one copy: a fresh array is what a transport
 * delivers, too. Confined to one thread.
 */
final class MessageTemplate {
    /** An id that takes eight bytes, and whose bytes stand nowhere else. */
    private static final long PLACE = 0x0011_2233_4455_6677L;

    private final byte[] template;
    private final int place;
    private long id;

    /** Messages made like those of {@code message}, their ids from {@code first} on. */
    MessageTemplate(long first, LongFunction<Message> message) {
        this.template = BenchMessages.encode(Serializer.MSGPACK, message.apply(PLACE));
        this.place = placeOf(template);
        this.id = first;
    }

    private static int placeOf(byte[] template) {
        ByteBuffer buffer = ByteBuffer.wrap(template);
        int at = 0;
        while (buffer.getLong(at) != PLACE) {
            at++;
        }
        return at;
    }

    /** The next message. */
    byte[] next() {
        byte[] message = template.clone();
        ByteBuffer.wrap(message).putLong(place, id++);
        return message;
    }
}
