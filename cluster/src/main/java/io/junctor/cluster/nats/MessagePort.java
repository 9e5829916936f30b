package io.junctor.cluster.nats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.nats.client.Options;
import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of other routers out of the bytes that a NATS server sends, so that no other thread has to be woken for them. The library
 * gets all other bytes, such as PING, errors and answers of streams. Confined to the thread of the library that reads the connection.
 *
 * <p>The class is public because the library creates its objects by the name of the class, one each time that it connects. The server sends:
 *
 * <pre>
 *   MSG subject id [answer] length CR LF, length bytes, CR LF
 *   HMSG subject id [answer] length-of-headers length CR LF, length bytes, CR LF
 *   any other line CR LF
 * </pre>
 */
public final class MessagePort extends SocketDataPortWithWriteTimeout {
    private static final Logger LOG = LoggerFactory.getLogger(MessagePort.class);

    /** Selects the messages that the port takes. The thread that reads calls it. */
    interface Taker {
        /** Returns the receiver of messages on a subject, or null if the library gets them. */
        @Nullable
        Receiver takerOf(String subject);

        /** Called when all that was read has been taken. {@code isMore} is true if the server has certainly sent more already. */
        void onRead(boolean isMore);
    }

    /** Receives the messages on a subject. */
    interface Receiver {
        void onMessage(String subject, byte[] body);
    }

    /** Reads the bytes that the server sends, like the method of a data port. */
    interface Source {
        int read(byte[] target, int offset, int length) throws IOException;
    }

    private @Nullable Filter filter;

    /** Creates a port; the library calls this. */
    public MessagePort() {}

    @Override
    public void afterConstruct(Options options) {
        super.afterConstruct(options);
        if (options.getConnectionListener() instanceof ConnectionOptions.Listener listener) {
            filter = new Filter(listener.taker(), super::read);
        }
    }

    /** Reads bytes for the library: all but the messages that the taker selects. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return filter == null ? super.read(target, offset, length) : filter.read(target, offset, length);
    }

    /** Takes messages out of the bytes of a source. Confined to one thread at a time. */
    static final class Filter {
        private static final int ROOM_BYTES = 1 << 16;
        private static final int LINE_END_BYTES = 2;
        private static final byte[] MESSAGE = "MSG ".getBytes(ISO_8859_1);
        private static final byte[] MESSAGE_WITH_HEADERS = "HMSG ".getBytes(ISO_8859_1);

        /** A reader that has waited for longer has read all that had come. */
        private static final long WAITED_NANOS = 1_000_000;
        /** A reader that has read less has read all that had come, too. */
        private static final int MUCH_BYTES = 1 << 13;

        private final Taker taker;
        private final Source source;

        /** What was read; from {@link #from} to {@link #to} it is not taken yet. */
        private byte[] buffer = new byte[ROOM_BYTES];

        private int from;
        private int to;
        /** Whether the server has certainly sent more. */
        private boolean isMore;

        /** How many bytes from {@link #from} on are the library's. */
        private long othersBytes;

        // The message that is being read; bodyLeft is 0 if there is none.
        private @Nullable Receiver receiver;
        private String subject = "";
        private byte[] body = {};
        private int bodyLeft;

        Filter(Taker taker, Source source) {
            this.taker = taker;
            this.source = source;
        }

        /** Reads bytes for the library, like the method of a data port. */
        int read(byte[] target, int offset, int length) throws IOException {
            while (true) {
                int copied = take(target, offset, length);
                tellRead();
                if (copied > 0) {
                    return copied;
                }
                if (!fill()) {
                    return -1;
                }
            }
        }

        private boolean fill() throws IOException {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
            if (to == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            }
            long before = System.nanoTime();
            int read = source.read(buffer, to, buffer.length - to);
            isMore = read >= MUCH_BYTES && System.nanoTime() - before < WAITED_NANOS;
            to += Math.max(0, read);
            return read >= 0;
        }

        /** Takes what is there, and copies what is the library's, until the target is full. Returns how much was copied. */
        private int take(byte[] target, int offset, int length) {
            int copied = 0;
            while (from < to && copied < length) {
                if (receiver != null) {
                    takeBody(receiver);
                } else if (othersBytes > 0) {
                    int count = (int) Math.min(othersBytes, Math.min(to - from, length - copied));
                    System.arraycopy(buffer, from, target, offset + copied, count);
                    from += count;
                    copied += count;
                    othersBytes -= count;
                } else if (!takeLine()) {
                    break;
                }
            }
            return copied;
        }

        /** Returns whether there was a whole line. */
        private boolean takeLine() {
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            if (end == to) {
                return false;
            }
            int next = end + 1;
            boolean isTakable = begins(MESSAGE);
            boolean hasBody = isTakable || begins(MESSAGE_WITH_HEADERS);
            int length = hasBody ? lengthBefore(end) : 0;
            if (isTakable) {
                subject = subjectAt(from + MESSAGE.length);
                receiver = taker.takerOf(subject);
            }
            if (receiver == null) {
                othersBytes = next - from + (hasBody ? length + (long) LINE_END_BYTES : 0);
            } else {
                body = new byte[length];
                bodyLeft = length + LINE_END_BYTES;
                from = next;
            }
            return true;
        }

        private void takeBody(Receiver whole) {
            int count = Math.min(bodyLeft, to - from);
            int missing = Math.max(0, bodyLeft - LINE_END_BYTES);
            System.arraycopy(buffer, from, body, body.length - missing, Math.min(missing, count));
            from += count;
            bodyLeft -= count;
            if (bodyLeft == 0) {
                receiver = null;
                hand(whole);
            }
        }

        private void tellRead() {
            try {
                taker.onRead(isMore);
            } catch (RuntimeException | Error fault) {
                LOG.error("messages of other routers could not be taken", fault);
            }
        }

        /** A fault must not end the thread of the library. */
        private void hand(Receiver whole) {
            try {
                whole.onMessage(subject, body);
            } catch (RuntimeException | Error fault) {
                LOG.error("a message on {} could not be taken", subject, fault);
            }
        }

        private boolean begins(byte[] name) {
            return to - from >= name.length && Arrays.equals(buffer, from, from + name.length, name, 0, name.length);
        }

        private String subjectAt(int start) {
            int end = start;
            while (buffer[end] != ' ' && buffer[end] != '\n') {
                end++;
            }
            return new String(buffer, start, end - start, ISO_8859_1);
        }

        /** The number at the end of a line, before the line's end. */
        private int lengthBefore(int end) {
            int digit = buffer[end - 1] == '\r' ? end - 2 : end - 1;
            int length = 0;
            for (int factor = 1; digit >= from && buffer[digit] >= '0' && buffer[digit] <= '9'; digit--) {
                length += (buffer[digit] - '0') * factor;
                factor *= 10;
            }
            return length;
        }
    }
}
