package io.junctor.client.internal.longpoll;

import io.junctor.client.internal.Transport;
import io.junctor.client.internal.TransportListener;
import io.junctor.client.internal.VirtualThreads;
import io.junctor.client.internal.http.ArrivedMessages;
import io.junctor.client.internal.http.MessageBatches;
import io.junctor.client.internal.longpoll.HttpExchange.Answer;
import io.junctor.wamp.codec.BatchFormat;
import io.junctor.wamp.codec.BatchReader;
import io.junctor.wamp.codec.InvalidBatch;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection that consists of HTTP requests as a transport. Thread-safe except as {@link Transport} says.
 *
 * <p>A poll goes out when a message is demanded and none has arrived. It tells how many messages have arrived, and the response has
 * those behind that number. So a poll that breaks is repeated, and what two responses have in common counts once. A request that
 * sends messages cannot be repeated if it is unknown whether the router has taken them: then the connection ends.
 */
final class LongPollTransport implements Transport {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int CLOSE_WAIT_SECONDS = 5;

    private final HttpExchange exchange;
    private final String id;
    private final Serializer serializer;
    private final @Nullable BatchFormat batch;
    private final int messageBytes;
    private final String contentType;
    private final ArrivedMessages arrived = new ArrivedMessages(this::poll);
    private final Retries pollRetries = new Retries();
    private final Retries sendRetries = new Retries();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** How many messages have arrived. Guarded by this. */
    private long count;

    /** The polls that are not answered, the oldest first: a ping sends a second one. Guarded by this. */
    private final List<Poll> polls = new ArrayList<>();

    private volatile boolean closing;

    LongPollTransport(HttpExchange exchange, String id, Subprotocol subprotocol, int messageBytes) {
        this.exchange = exchange;
        this.id = id;
        this.serializer = subprotocol.serializer();
        this.batch = subprotocol.isBatched() ? new BatchFormat(serializer) : null;
        this.messageBytes = messageBytes;
        this.contentType = serializer.isText() ? "application/json" : "application/octet-stream";
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public void start(TransportListener listener) {
        arrived.start(listener);
    }

    @Override
    public void demand() {
        arrived.demand();
    }

    /** The router answers the poll that waits at once when a second one comes. */
    @Override
    public void ping() {
        Poll second;
        synchronized (this) {
            if (polls.isEmpty()) {
                return;
            }
            second = newPoll();
        }
        send(second);
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        List<byte[]> bodies = batch == null ? messages : MessageBatches.of(messages, batch);
        send(bodies, 0, done);
    }

    @Override
    public void close(int code) {
        closing = true;
        closeAtRouter("closed");
    }

    @Override
    public void drop() {
        if (!ended.get()) {
            closing = true;
            exchange.abort();
            closeAtRouter("dropped");
            arrived.end("dropped");
        }
    }

    /** Tells the router, which would wait for polls otherwise, and ends. */
    private void closeAtRouter(String cause) {
        if (!ended.get()) {
            var unused = exchange.post(id + "/close", "")
                    .orTimeout(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)
                    .whenComplete((answer, failure) -> end(cause));
        }
    }

    private void end(String cause) {
        if (ended.compareAndSet(false, true)) {
            exchange.abort();
            arrived.end(cause);
            exchange.release();
        }
    }

    // Sending.

    private void send(List<byte[]> bodies, int from, Runnable done) {
        if (from == bodies.size() || ended.get()) {
            done.run();
            return;
        }
        var unused = exchange.post(id + "/send", "", contentType, bodies.get(from))
                .whenComplete((answer, thrown) -> {
                    if (answer != null && answer.status() == NO_CONTENT) {
                        sendRetries.succeeded();
                        send(bodies, from + 1, done);
                    } else if (answer == null
                            && HttpExchange.isNotSent(cause(thrown))
                            && sendRetries.retry(() -> send(bodies, from, done))) {
                        // Sent again soon.
                    } else {
                        notSent(answer, thrown);
                        done.run();
                    }
                });
    }

    private void notSent(@Nullable Answer answer, @Nullable Throwable thrown) {
        if (closing) {
            return;
        }
        String problem = answer == null
                ? "it is unknown whether the router has the last messages: " + HttpExchange.describe(cause(thrown))
                : text(answer);
        end("nothing can be sent: " + problem);
    }

    // Receiving.

    private void poll() {
        Poll poll;
        synchronized (this) {
            poll = newPoll();
        }
        send(poll);
    }

    /** The caller has the lock. */
    private Poll newPoll() {
        Poll poll = new Poll(count);
        polls.add(poll);
        return poll;
    }

    private void send(Poll poll) {
        if (closing || ended.get()) {
            return;
        }
        CompletableFuture<Answer> sent = exchange.post(id + "/receive", "after=" + poll.after);
        poll.sent = sent;
        var unused = sent.whenComplete((answer, thrown) -> onAnswer(poll, answer, thrown));
    }

    private void onAnswer(Poll poll, @Nullable Answer answer, @Nullable Throwable thrown) {
        if (closing || !isCurrent(poll)) {
            return;
        }
        if (answer == null && cause(thrown) instanceof HttpExchange.ResponseTooLarge) {
            end(tooLarge());
        } else if (answer == null || answer.status() >= FIRST_SERVER_ERROR) {
            repeat(poll, answer, thrown);
        } else if (answer.status() == OK || answer.status() == NO_CONTENT) {
            pollRetries.succeeded();
            receive(poll, answer);
        } else {
            end(text(answer));
        }
    }

    private synchronized boolean isCurrent(Poll poll) {
        return polls.contains(poll);
    }

    private void repeat(Poll poll, @Nullable Answer answer, @Nullable Throwable thrown) {
        if (!ended.get() && !pollRetries.retry(() -> sendAgain(poll))) {
            end("polls break: " + (answer == null ? HttpExchange.describe(cause(thrown)) : text(answer)));
        }
    }

    /** Sends it unless a later poll was answered in the meantime. */
    private void sendAgain(Poll poll) {
        if (isCurrent(poll)) {
            send(poll);
        }
    }

    private void receive(Poll poll, Answer answer) {
        try {
            List<byte[]> messages = answer.status() == OK ? messages(answer.body()) : List.of();
            if (messages.stream().anyMatch(message -> message.length > messageBytes)) {
                end(tooLarge());
                return;
            }
            List<Poll> older;
            boolean last;
            synchronized (this) {
                List<Poll> done = polls.subList(0, polls.indexOf(poll) + 1);
                older = List.copyOf(done);
                done.clear();
                last = polls.isEmpty();
                int known = (int) Math.min(messages.size(), count - poll.after);
                messages = messages.subList(known, messages.size());
                count += messages.size();
            }
            older.forEach(Poll::cancel);
            arrived.pong();
            // The next poll goes out when no other one waits, so that their numbers do not cross.
            arrived.add(messages, last);
        } catch (InvalidBatch fault) {
            arrived.fault(String.valueOf(fault.getMessage()));
        }
    }

    private List<byte[]> messages(byte[] body) throws InvalidBatch {
        BatchReader reader = batch == null ? BatchReader.ofOne(body) : batch.read(body);
        List<byte[]> messages = new ArrayList<>();
        while (reader.hasNext()) {
            messages.add(reader.next());
        }
        return messages;
    }

    private String tooLarge() {
        return "the router sent a message of more than " + messageBytes + " bytes";
    }

    private static String text(Answer answer) {
        String text = LongPollConnector.shown(answer.body());
        return text.isEmpty() ? "the server answered HTTP " + answer.status() : text;
    }

    private static Throwable cause(@Nullable Throwable thrown) {
        if (thrown instanceof CompletionException && thrown.getCause() != null) {
            return thrown.getCause();
        }
        return thrown == null ? new IllegalStateException("no answer") : thrown;
    }

    /** A request for the messages behind a number. */
    private static final class Poll {
        final long after;
        volatile @Nullable CompletableFuture<Answer> sent;

        Poll(long after) {
            this.after = after;
        }

        void cancel() {
            CompletableFuture<Answer> waiting = sent;
            if (waiting != null) {
                waiting.cancel(false);
            }
        }
    }

    /** Repeats a request that broke, after a pause that grows, until none has succeeded for some seconds. Thread-safe. */
    private static final class Retries {
        private static final long FIRST_PAUSE_MILLIS = 50;
        private static final int MOST = 7;

        // Guarded by this.
        private int failures;

        synchronized void succeeded() {
            failures = 0;
        }

        /** Returns false if it has failed too often. */
        boolean retry(Runnable request) {
            long pauseMillis;
            synchronized (this) {
                if (failures == MOST) {
                    return false;
                }
                pauseMillis = FIRST_PAUSE_MILLIS << failures;
                failures++;
            }
            CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS, VirtualThreads.EXECUTOR)
                    .execute(request);
            return true;
        }
    }
}
