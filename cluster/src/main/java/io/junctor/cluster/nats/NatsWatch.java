package io.junctor.cluster.nats;

import static io.nats.client.support.NatsJetStreamConstants.NATS_SEQUENCE;
import static io.nats.client.support.NatsJetStreamConstants.NATS_SUBJECT;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Replica;
import io.junctor.cluster.engine.Watch;
import io.junctor.cluster.engine.Watcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a stream. Thread-safe; its lock is held while the watcher is told.
 *
 * <p>The server publishes each stored message once more, with its number in the stream. Where a number is missing, and after
 * each lost connection, the stream is read anew; what arrives meanwhile waits.
 */
final class NatsWatch implements Watch {
    private static final Logger LOG = LoggerFactory.getLogger(NatsWatch.class);

    /** The stream; its methods block, and may fail. */
    interface Source {
        /** Which messages the stream has. */
        StreamReader.Extent extent() throws StreamReader.UnreadableException;

        /** All records. */
        StreamReader.Content read() throws StreamReader.UnreadableException;
    }

    private final String prefix;
    private final Source reader;
    private final Replica replica;
    private final Executor threads;
    private final Consumer<NatsWatch> onClose;
    private final List<Change> waiting = new ArrayList<>();
    /** When the stream was made that was read. */
    private long madeMillis;

    private boolean reading;
    private boolean readAgain;
    /** Whether the stream could not be read when it was read last. */
    private boolean unread;

    private boolean closed;
    private volatile long behind;

    /**
     * A watcher of a stream; {@link #read} begins it.
     *
     * @param prefix what the subjects of records begin with
     * @param threads may block
     */
    NatsWatch(String prefix, Source reader, Watcher watcher, Executor threads, Consumer<NatsWatch> onClose) {
        this.prefix = prefix;
        this.reader = reader;
        this.replica = new Replica(watcher);
        this.threads = threads;
        this.onClose = onClose;
    }

    /** Takes a stored message that the server has published once more. */
    void onPublished(Message message) {
        Headers headers = message.getHeaders();
        if (headers == null || headers.getFirst(NATS_SEQUENCE) == null || headers.getFirst(NATS_SUBJECT) == null) {
            return;
        }
        onChange(new Change(
                headers.getFirst(NATS_SUBJECT),
                Long.parseLong(headers.getFirst(NATS_SEQUENCE)),
                NatsRecords.isDeleted(headers),
                message));
    }

    /** A second has passed: reads the stream if that failed. */
    void onTick() {
        boolean isUnread;
        synchronized (this) {
            isUnread = unread && !reading;
        }
        if (isUnread) {
            read();
        }
    }

    /**
     * Reads the stream anew if its latest message is another one than the latest that was told, or if messages were removed from it,
     * which the server does not publish.
     */
    void check() {
        try {
            StreamReader.Extent extent = reader.extent();
            synchronized (this) {
                behind = Math.max(0, extent.latest() - replica.latest());
                boolean isSame = extent.madeMillis() == madeMillis
                        && extent.latest() == replica.latest()
                        && extent.count() >= replica.size();
                if (reading || unread || isSame) {
                    return;
                }
            }
            read();
        } catch (StreamReader.UnreadableException unreadable) {
            LOG.debug("a stream could not be checked", unreadable);
        }
    }

    @Override
    public long behind() {
        return behind;
    }

    @Override
    public void read() {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (reading) {
                readAgain = true;
                return;
            }
            reading = true;
        }
        threads.execute(this::readNow);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        onClose.accept(this);
    }

    private void readNow() {
        try {
            StreamReader.Content content = reader.read();
            synchronized (this) {
                reading = false;
                unread = false;
                if (!closed) {
                    replica.onSnapshot(content.entries(), content.latest(), content.madeMillis());
                    madeMillis = content.madeMillis();
                    applyWaiting();
                }
            }
        } catch (StreamReader.UnreadableException unreadable) {
            LOG.debug("a stream could not be read; it is read again", unreadable);
            synchronized (this) {
                reading = false;
                unread = true;
            }
        }
        boolean again;
        synchronized (this) {
            again = readAgain;
            readAgain = false;
        }
        if (again) {
            read();
        }
    }

    private synchronized void onChange(Change change) {
        if (closed) {
            return;
        }
        waiting.add(change);
        if (!reading) {
            applyWaiting();
        }
    }

    /** The caller holds the lock. */
    private void applyWaiting() {
        for (Change change : List.copyOf(waiting)) {
            if (change.sequence() > replica.latest() + 1) {
                read();
                return;
            }
            waiting.removeFirst();
            if (change.sequence() == replica.latest() + 1) {
                apply(change);
            }
        }
    }

    private void apply(Change change) {
        if (!change.subject().startsWith(prefix)) {
            replica.skip(change.sequence());
            return;
        }
        String key = change.subject().substring(prefix.length());
        if (change.isDeleted()) {
            replica.onDeleted(key, change.sequence());
        } else {
            replica.onEntry(new Entry(
                    key, change.sequence(), NatsRecords.bytes(change.message().getData())));
        }
    }

    private record Change(String subject, long sequence, boolean isDeleted, Message message) {}
}
