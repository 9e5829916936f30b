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
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Reads a stream as a whole. Thread-safe; its methods block, except {@link #request}. */
final class StreamReader implements NatsWatch.Source {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How often the reader tries at most to subscribe to the stream. */
    private static final int MOST_TRIES = 4;
    /** How many times a reading is extended at most, to read records that were written during the reading. */
    private static final int MOST_ROUNDS = 20;

    private static final int NO_MESSAGE = 10_037;

    private final Names names;
    private final Store store;
    private final Streams streams;

    /** A request to a stream. It blocks. */
    interface Request<T> {
        T send() throws IOException, JetStreamApiException, UnreadableException;
    }

    /** @param streams creates the stream again if it was deleted */
    StreamReader(Names names, Store store, Streams streams) {
        this.names = names;
        this.store = store;
        this.streams = streams;
    }

    /**
     * Sends a request to the stream on one of {@code threads}. If the stream does not answer, the future fails with an {@link EngineException},
     * which says what could not be {@code done}.
     */
    <T> CompletableFuture<T> request(Executor threads, String done, Request<T> request) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return request.send();
                    } catch (IOException | JetStreamApiException | IllegalStateException | UnreadableException fault) {
                        throw new CompletionException(new EngineException(
                                "the stream " + names.stream(store) + " could not be " + done + ": "
                                        + fault.getMessage(),
                                true));
                    }
                },
                threads);
    }

    /**
     * The latest number and the count of the messages in the stream, and the creation time of the stream.
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
     * Reads all records.
     *
     * @throws UnreadableException if the stream does not answer
     */
    @Override
    public Content read() throws UnreadableException {
        StreamInfo info = info();
        StreamState state = info.getStreamState();
        Map<String, Entry> entries = new LinkedHashMap<>();
        long latest = Math.max(state.getLastSequence(), readInto(entries, names.records(store) + ">"));
        return new Content(List.copyOf(entries.values()), latest, madeMillis(info));
    }

    /**
     * Reads the records whose subjects match {@code pattern}, in the order of their sequence numbers.
     *
     * @throws UnreadableException if the stream does not answer
     */
    List<Entry> list(String pattern) throws UnreadableException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        readInto(entries, pattern);
        return List.copyOf(entries.values());
    }

    private static long madeMillis(StreamInfo info) {
        return info.getCreateTime().toInstant().toEpochMilli();
    }

    /**
     * Reads the messages of a subject, the oldest first: at least all those that the leader of the stream has at the time of the call.
     *
     * @throws UnreadableException if the stream does not answer
     */
    List<Entry> readAll(String subject) throws UnreadableException {
        long last = lastSequence(subject);
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
     * Reads the latest message of a subject, if there is one, from the leader of the stream.
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

    /** The number of the latest message of a subject, 0 if there is none. */
    private long lastSequence(String subject) throws UnreadableException {
        return last(subject).map(MessageInfo::getSeq).orElse(0L);
    }

    /**
     * Reads up to the latest record, and continues until no record was written meanwhile: otherwise a record that is rewritten during the
     * reading could be missed, because its earlier message no longer exists. The server that sends the messages may be behind the leader.
     * Returns the number of the latest message.
     */
    private long readInto(Map<String, Entry> entries, String pattern) throws UnreadableException {
        String prefix = names.records(store);
        long[] latest = new long[1];
        Deque<Long> ends = new ArrayDeque<>(List.of(lastSequence(pattern)));
        if (ends.getLast() == 0) {
            return 0;
        }
        read(pattern, message -> {
            latest[0] = message.metaData().streamSequence();
            String key = message.getSubject().substring(prefix.length());
            // A record that was rewritten meanwhile moves to the end: the entries are in the order of their numbers.
            entries.remove(key);
            if (!NatsRecords.isDeleted(message.getHeaders())) {
                entries.put(key, new Entry(key, latest[0], NatsRecords.bytes(message.getData())));
            }
            if (latest[0] < ends.getLast()) {
                return false;
            }
            ends.add(lastSequence(pattern));
            return ends.getLast() <= latest[0] || ends.size() > MOST_ROUNDS;
        });
        return latest[0];
    }

    /** Processes messages. */
    private interface Reading {
        /** Processes a message; returns whether it is the last one that is wanted. */
        boolean isEnd(Message message) throws UnreadableException;
    }

    /** Passes the messages of {@code subject} to {@code reading}, in their order. */
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
     * Subscribes to the messages of a subject. NATS chooses a server at random to send them. For some minutes it may choose a server that is
     * cut off from the others: then the request receives no answer, and the next attempt usually reaches another server.
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
     * The extent of the messages in a stream.
     *
     * @param latest the number of the latest message, 0 if there is none
     * @param count the number of messages: one for each record, and others, such as marks of deletions
     * @param madeMillis the creation time of the stream
     */
    record Extent(long latest, long count, long madeMillis) {}

    /** The content of a stream: its records in the order of their numbers, the number of the latest message, and the creation time of the stream. */
    record Content(List<Entry> entries, long latest, long madeMillis) {}

    /** Thrown when a stream cannot be read. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }
}
