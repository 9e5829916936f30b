package io.junctor.cluster.nats;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Store;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads a stream as a whole. Thread-safe; its methods block. */
final class StreamReader {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Names names;
    private final Store store;
    private final JetStream stream;
    private final JetStreamManagement management;

    StreamReader(Names names, Store store, JetStream stream, JetStreamManagement management) {
        this.names = names;
        this.store = store;
        this.stream = stream;
        this.management = management;
    }

    /**
     * The number of the latest message, 0 for none.
     *
     * @throws UnreadableException if the stream does not answer
     */
    long latest() throws UnreadableException {
        return state().getLastSequence();
    }

    /**
     * All records.
     *
     * @throws UnreadableException if the stream does not answer
     */
    Content read() throws UnreadableException {
        StreamState state = state();
        Map<String, Entry> entries = new HashMap<>();
        long latest = state.getLastSequence();
        if (state.getMsgCount() > 0) {
            latest = Math.max(latest, readInto(entries));
        }
        return new Content(
                entries.values().stream()
                        .sorted(Comparator.comparingLong(Entry::revision))
                        .toList(),
                latest);
    }

    /**
     * All messages of a subject, the oldest first, and at least those that the leader of the stream has at the time of the call.
     *
     * @throws UnreadableException if the stream does not answer
     */
    List<Entry> readAll(String subject) throws UnreadableException {
        long last = last(subject);
        List<Entry> entries = new ArrayList<>();
        if (last > 0) {
            String key = subject.substring(names.records(store).length());
            read(subject, message -> {
                long sequence = message.metaData().streamSequence();
                entries.add(new Entry(key, sequence, NatsRecords.bytes(message.getData())));
                return sequence >= last;
            });
        }
        return entries;
    }

    /** The number of the latest message of a subject, 0 for none; the leader answers. */
    private long last(String subject) throws UnreadableException {
        try {
            return management.getLastMessage(names.stream(store), subject).getSeq();
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() == NatsRecords.NO_MESSAGE) {
                return 0;
            }
            throw new UnreadableException(refused);
        } catch (IOException | IllegalStateException fault) {
            throw new UnreadableException(fault);
        }
    }

    private long readInto(Map<String, Entry> entries) throws UnreadableException {
        String prefix = names.records(store);
        long[] latest = new long[1];
        read(names.all(store), message -> {
            latest[0] = message.metaData().streamSequence();
            if (message.getSubject().startsWith(prefix)) {
                String key = message.getSubject().substring(prefix.length());
                if (NatsRecords.isDeleted(message.getHeaders())) {
                    entries.remove(key);
                } else {
                    entries.put(key, new Entry(key, latest[0], NatsRecords.bytes(message.getData())));
                }
            }
            return message.metaData().pendingCount() == 0;
        });
        return latest[0];
    }

    /** Passes the messages of {@code subject} on, in their order, until {@code isLast} returns true. */
    private void read(String subject, Predicate<Message> isLast) throws UnreadableException {
        PushSubscribeOptions options = PushSubscribeOptions.builder().stream(names.stream(store))
                .ordered(true)
                .build();
        try {
            JetStreamSubscription subscription = stream.subscribe(subject, options);
            try {
                Message message;
                do {
                    message = subscription.nextMessage(PATIENCE);
                    if (message == null) {
                        throw new UnreadableException(
                                new IOException("the stream " + names.stream(store) + " gave no message within 5 s"));
                    }
                } while (!isLast.test(message));
            } finally {
                subscription.unsubscribe();
            }
        } catch (IOException | JetStreamApiException | IllegalStateException fault) {
            throw new UnreadableException(fault);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw new UnreadableException(closed);
        }
    }

    private StreamState state() throws UnreadableException {
        try {
            return management.getStreamInfo(names.stream(store)).getStreamState();
        } catch (IOException | JetStreamApiException | IllegalStateException fault) {
            throw new UnreadableException(fault);
        }
    }

    /** What a stream has: its records in the order of their numbers, and the number of the latest message. */
    record Content(List<Entry> entries, long latest) {}

    /** A stream does not answer. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }
}
