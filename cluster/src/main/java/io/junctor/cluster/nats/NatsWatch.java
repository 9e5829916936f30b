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
 * Follows a stream and reports its changes to a watcher. Thread-safe; the lock is held during calls to the watcher.
 *
 * <p>The server republishes each stored message, with its sequence number in the stream. If a number is missing, and after each lost
 * connection, the watch reads the whole stream again; messages that arrive meanwhile wait.
 */
final class NatsWatch implements Watch {
    private static final Logger LOG = LoggerFactory.getLogger(NatsWatch.class);

    /** The stream; its methods block, and may fail. */
    interface Source {
        /** The latest number and the count of the messages in the stream, and the creation time of the stream. */
        StreamReader.Extent extent() throws StreamReader.UnreadableException;

        /** Reads all records. */
        StreamReader.Content read() throws StreamReader.UnreadableException;
    }

    private final String prefix;
    private final Source reader;
    private final Replica replica;
    private final Executor threads;
    private final Consumer<NatsWatch> onClose;
    private final List<Change> waiting = new ArrayList<>();
    /** The creation time of the stream that was read last. */
    private long madeMillis;

    private boolean reading;
    private boolean readAgain;
    /** Whether the last attempt to read the stream failed. */
    private boolean unread;

    private boolean closed;
    private volatile long behind;

    /**
     * Creates a watch of a stream; {@link #read} begins it.
     *
     * @param prefix the prefix of the subjects of records
     * @param threads runs tasks that may block
     */
    NatsWatch(String prefix, Source reader, Watcher watcher, Executor threads, Consumer<NatsWatch> onClose) {
        this.prefix = prefix;
        this.reader = reader;
        this.replica = new Replica(watcher);
        this.threads = threads;
        this.onClose = onClose;
    }

    /** Handles a stored message that the server has republished. */
    void onPublished(Message message) {
        Headers headers = message.getHeaders();
        String subject = headers == null ? null : headers.getFirst(NATS_SUBJECT);
        String sequence = headers == null ? null : headers.getFirst(NATS_SEQUENCE);
        // Anything on NATS can send another text.
        if (subject != null && sequence != null && sequence.matches("[0-9]{1,18}")) {
            onChange(new Change(subject, Long.parseLong(sequence), NatsRecords.isDeleted(headers), message));
        }
    }

    /** Reads the stream again if the last attempt failed. Called once a second. */
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
     * Reads the stream again if its latest message is not the latest one that was reported, or if messages were removed from it, which the
     * server does not report.
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
