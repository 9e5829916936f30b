package io.junctor.cluster.nats;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Store;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a stream as a whole. Thread-safe; its methods block. */
final class StreamReader implements NatsWatch.Source {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How often it asks for a server that sends the messages. */
    private static final int MOST_TRIES = 4;
    /** How often it looks for records that were written meanwhile. */
    private static final int MOST_ROUNDS = 20;

    private static final int NO_MESSAGE = 10_037;

    private final Names names;
    private final Store store;
    private final Streams streams;

    /** @param streams makes the stream again if it was deleted */
    StreamReader(Names names, Store store, Streams streams) {
        this.names = names;
        this.store = store;
        this.streams = streams;
    }

    /**
     * Which messages the stream has.
     *
     * @throws UnreadableException if the stream does not answer
     */
    @Override
    public Extent extent() throws UnreadableException {
        StreamInfo info = info();
        StreamState state = info.getStreamState();
        return new Extent(state.getLastSequence(), state.getMsgCount(), madeMillis(info));
    }

    /**
     * All records.
     *
     * @throws UnreadableException if the stream does not answer
     */
    @Override
    public Content read() throws UnreadableException {
        StreamInfo info = info();
        StreamState state = info.getStreamState();
        Map<String, Entry> entries = new HashMap<>();
        long latest = Math.max(state.getLastSequence(), readInto(entries, names.records(store) + ">"));
        return new Content(inOrder(entries), latest, madeMillis(info));
    }

    /**
     * The records of the subjects that match {@code pattern}, in the order of their numbers.
     *
     * @throws UnreadableException if the stream does not answer
     */
    List<Entry> list(String pattern) throws UnreadableException {
        Map<String, Entry> entries = new HashMap<>();
        readInto(entries, pattern);
        return inOrder(entries);
    }

    private static List<Entry> inOrder(Map<String, Entry> entries) {
        return entries.values().stream()
                .sorted(Comparator.comparingLong(Entry::revision))
                .toList();
    }

    private static long madeMillis(StreamInfo info) {
        return info.getCreateTime().toInstant().toEpochMilli();
    }

    /**
     * All messages of a subject, the oldest first, and at least those that the leader of the stream has at the time of the call.
     *
     * @throws UnreadableException if the stream does not answer
     */
    List<Entry> readAll(String subject) throws UnreadableException {
        long last = last(subject).map(MessageInfo::getSeq).orElse(0L);
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

    /**
     * The latest message of a subject, if there is one; the leader answers.
     *
     * @throws UnreadableException if the stream does not answer
     */
    Optional<MessageInfo> last(String subject) throws UnreadableException {
        try {
            return Optional.of(streams.management().getLastMessage(names.stream(store), subject));
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() == NO_MESSAGE) {
                return Optional.empty();
            }
            throw new UnreadableException(refused);
        } catch (IOException | IllegalStateException fault) {
            throw new UnreadableException(fault);
        }
    }

    /**
     * Reads up to the latest record, again and again until none was written meanwhile: a record that is written while it is read may be missed
     * otherwise, as its message before is gone. Which server sends is not known, and it may be behind. Returns the number of the latest one.
     */
    private long readInto(Map<String, Entry> entries, String pattern) throws UnreadableException {
        String prefix = names.records(store);
        long[] latest = new long[1];
        Deque<Long> ends =
                new ArrayDeque<>(List.of(last(pattern).map(MessageInfo::getSeq).orElse(0L)));
        if (ends.getLast() == 0) {
            return 0;
        }
        read(pattern, message -> {
            latest[0] = message.metaData().streamSequence();
            String key = message.getSubject().substring(prefix.length());
            if (NatsRecords.isDeleted(message.getHeaders())) {
                entries.remove(key);
            } else {
                entries.put(key, new Entry(key, latest[0], NatsRecords.bytes(message.getData())));
            }
            if (latest[0] < ends.getLast()) {
                return false;
            }
            ends.add(last(pattern).map(MessageInfo::getSeq).orElse(0L));
            return ends.getLast() <= latest[0] || ends.size() > MOST_ROUNDS;
        });
        return latest[0];
    }

    /** Takes messages. */
    private interface Reading {
        /** Returns whether it was the last one that is wanted. */
        boolean isEnd(Message message) throws UnreadableException;
    }

    /** Passes the messages of {@code subject} on, in their order. */
    private void read(String subject, Reading reading) throws UnreadableException {
        try {
            JetStreamSubscription subscription = subscribe(subject);
            try {
                Message message;
                do {
                    message = subscription.nextMessage(PATIENCE);
                    if (message == null) {
                        throw new UnreadableException(
                                new IOException("the stream " + names.stream(store) + " gave no message within 5 s"));
                    }
                } while (!reading.isEnd(message));
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

    /**
     * NATS picks a server at random to send the messages. For some minutes it may pick one that is cut off from the others: then the
     * request gets no answer, and the next try usually reaches another server.
     */
    private JetStreamSubscription subscribe(String subject) throws IOException, JetStreamApiException {
        PushSubscribeOptions options = PushSubscribeOptions.builder().stream(names.stream(store))
                .ordered(true)
                .build();
        for (int tries = 1; ; tries++) {
            try {
                return streams.sources().subscribe(subject, options);
            } catch (IOException unanswered) {
                if (tries == MOST_TRIES) {
                    throw unanswered;
                }
            }
        }
    }

    private StreamInfo info() throws UnreadableException {
        try {
            return streams.existing(store);
        } catch (EngineException refused) {
            throw new UnreadableException(refused);
        } catch (IOException | JetStreamApiException | IllegalStateException fault) {
            throw new UnreadableException(fault);
        }
    }

    /**
     * The messages of a stream.
     *
     * @param latest the number of the latest one, 0 for none
     * @param count how many there are: one for each record, and others
     * @param madeMillis when the stream was made
     */
    record Extent(long latest, long count, long madeMillis) {}

    /** What a stream has: its records in the order of their numbers, the number of the latest message, and when it was made. */
    record Content(List<Entry> entries, long latest, long madeMillis) {}

    /** A stream does not answer. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }
}
