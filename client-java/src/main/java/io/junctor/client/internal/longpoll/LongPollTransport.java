package io.junctor.client.internal.longpoll;

import io.junctor.client.internal.Transport;
import io.junctor.client.internal.TransportListener;
import io.junctor.client.internal.VirtualThreads;
import io.junctor.client.internal.http.InboundMessageQueue;
import io.junctor.client.internal.http.MessageBatcher;
import io.junctor.client.internal.longpoll.PostRequestSender.PostResponse;
import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.codec.batch.BatchReader;
import io.junctor.wamp.codec.batch.InvalidBatchException;
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
 * A transport that consists of HTTP requests. As thread-safe as {@link Transport} demands.
 *
 * <p>A poll is sent when a message is demanded and none has arrived. It contains the number of messages that have arrived, and the
 * response contains the messages after that number. So a failed poll can be repeated, and messages in two responses count once. A
 * request that sends messages cannot be repeated if it is unknown whether the router has received them: then the connection ends.
 */
final class LongPollTransport implements Transport {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int CLOSE_WAIT_SECONDS = 5;
    private static final int TOO_LARGE = -1;

    private final PostRequestSender requests;
    private final String id;
    private final Serializer serializer;
    private final @Nullable BatchFormat batch;
    private final int messageBytes;
    private final String contentType;
    private final InboundMessageQueue arrived = new InboundMessageQueue(this::poll);
    private final RetryPolicy pollRetries = new RetryPolicy();
    private final RetryPolicy sendRetries = new RetryPolicy();
    /** Whether the client closes the connection; from then on it sends only the request that ends the connection. */
    private final AtomicBoolean closing = new AtomicBoolean();

    /** The number of messages that have arrived. Guarded by this. */
    private long count;

    /** The unanswered polls, the oldest first: a ping sends a second poll. Guarded by this. */
    private final List<Poll> polls = new ArrayList<>();

    LongPollTransport(PostRequestSender requests, String id, Subprotocol subprotocol, int messageBytes) {
        this.requests = requests;
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

    /** Sends a second poll: then the router answers the waiting poll at once. */
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
        List<byte[]> bodies = batch == null ? messages : MessageBatcher.of(messages, batch);
        send(bodies, 0, done);
    }

    @Override
    public void close(int code) {
        if (closing.compareAndSet(false, true)) {
            closeAtRouter("closed");
        }
    }

    @Override
    public void drop() {
        fail("dropped");
    }

    /** Ends the connection at once and aborts all unanswered requests. Only the first cause is kept. */
    private void fail(String cause) {
        boolean isFirst = closing.compareAndSet(false, true);
        arrived.end(cause);
        requests.abort();
        if (isFirst) {
            closeAtRouter(cause);
        }
    }

    /** Sends the end to the router, which would otherwise wait for polls, and ends the connection. */
    private void closeAtRouter(String cause) {
        var unused = requests.post(id + "/close", "")
                .orTimeout(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)
                .whenComplete((answer, failure) -> {
                    requests.abort();
                    arrived.end(cause);
                    requests.release();
                });
    }

    // Sending.

    private void send(List<byte[]> bodies, int from, Runnable done) {
        // If a message was not sent, no later message may be sent.
        if (from == bodies.size() || closing.get()) {
            done.run();
            return;
        }
        var unused = requests.post(id + "/send", "", contentType, bodies.get(from))
                .whenComplete((answer, thrown) -> {
                    if (answer != null && answer.status() == NO_CONTENT) {
                        sendRetries.succeeded();
                        send(bodies, from + 1, done);
                    } else if (answer == null
                            && PostRequestSender.isNotSent(cause(thrown))
                            && sendRetries.retry(() -> send(bodies, from, done))) {
                        // The request is sent again soon.
                    } else {
                        notSent(answer, thrown);
                        done.run();
                    }
                });
    }

    private void notSent(@Nullable PostResponse answer, @Nullable Throwable thrown) {
        String problem = answer == null
                ? "it is unknown whether the router has the last messages: " + PostRequestSender.describe(cause(thrown))
                : text(answer);
        fail("nothing can be sent: " + problem);
    }

    // Receiving.

    private void poll() {
        Poll poll;
        synchronized (this) {
            poll = newPoll();
        }
        send(poll);
    }

    /** Creates a poll. The caller must hold the lock. */
    private Poll newPoll() {
        Poll poll = new Poll(count);
        polls.add(poll);
        return poll;
    }

    private void send(Poll poll) {
        if (closing.get()) {
            return;
        }
        CompletableFuture<PostResponse> sent = requests.post(id + "/receive", "after=" + poll.after);
        poll.sent = sent;
        var unused = sent.whenComplete((answer, thrown) -> onAnswer(poll, answer, thrown));
    }

    private void onAnswer(Poll poll, @Nullable PostResponse answer, @Nullable Throwable thrown) {
        if (closing.get() || !isCurrent(poll)) {
            return;
        }
        if (answer == null && cause(thrown) instanceof PostRequestSender.ResponseTooLargeException) {
            fail(tooLarge());
        } else if (answer == null || answer.status() >= FIRST_SERVER_ERROR) {
            repeat(poll, answer, thrown);
        } else if (answer.status() == OK || answer.status() == NO_CONTENT) {
            pollRetries.succeeded();
            receive(poll, answer);
        } else {
            fail(text(answer));
        }
    }

    private synchronized boolean isCurrent(Poll poll) {
        return polls.contains(poll);
    }

    private void repeat(Poll poll, @Nullable PostResponse answer, @Nullable Throwable thrown) {
        if (!pollRetries.retry(() -> sendAgain(poll))) {
            fail("polls break: " + (answer == null ? PostRequestSender.describe(cause(thrown)) : text(answer)));
        }
    }

    /** Sends a poll again, unless a later poll was answered in the meantime. */
    private void sendAgain(Poll poll) {
        if (isCurrent(poll)) {
            send(poll);
        }
    }

    private void receive(Poll poll, PostResponse answer) {
        try {
            boolean hasMessages = answer.status() == OK;
            int messages = hasMessages ? checked(reader(answer.body())) : 0;
            if (messages == TOO_LARGE) {
                fail(tooLarge());
                return;
            }
            append(poll, hasMessages ? reader(answer.body()) : BatchReader.ofNothing(), messages)
                    .forEach(Poll::cancel);
            arrived.pong();
        } catch (InvalidBatchException fault) {
            arrived.fault(String.valueOf(fault.getMessage()));
        }
    }

    /**
     * Appends the new messages of an answer, and returns the polls that it answers. Two polls may
     * be answered at the same time: messages are counted and appended in the same order. The next poll is sent when no other poll waits,
     * so that their numbers do not cross.
     */
    private synchronized List<Poll> append(Poll poll, BatchReader messages, int most) throws InvalidBatchException {
        int index = polls.indexOf(poll);
        if (index < 0) {
            return List.of();
        }
        List<Poll> done = polls.subList(0, index + 1);
        List<Poll> answered = List.copyOf(done);
        done.clear();
        int known = (int) Math.min(most, count - poll.after);
        for (int i = 0; i < known; i++) {
            messages.skip();
        }
        count += most - known;
        arrived.append(messages, polls.isEmpty());
        return answered;
    }

    /** Returns how many messages the body of an answer contains; {@link #TOO_LARGE} if one is larger than the client accepts. */
    private int checked(BatchReader messages) throws InvalidBatchException {
        int messagesSoFar = 0;
        while (messages.hasNext()) {
            if (messages.skip() > messageBytes) {
                return TOO_LARGE;
            }
            messagesSoFar++;
        }
        return messagesSoFar;
    }

    private BatchReader reader(byte[] body) throws InvalidBatchException {
        return batch == null ? BatchReader.ofOne(body) : batch.read(body);
    }

    private String tooLarge() {
        return "the router sent a message of more than " + messageBytes + " bytes";
    }

    private static String text(PostResponse answer) {
        String text = LongPollConnector.shown(answer.body());
        return text.isEmpty() ? "the server answered HTTP " + answer.status() : text;
    }

    private static Throwable cause(@Nullable Throwable thrown) {
        if (thrown instanceof CompletionException && thrown.getCause() != null) {
            return thrown.getCause();
        }
        return thrown == null ? new IllegalStateException("no answer") : thrown;
    }

    /** A request for the messages after a number. */
    private static final class Poll {
        final long after;
        volatile @Nullable CompletableFuture<PostResponse> sent;

        Poll(long after) {
            this.after = after;
        }

        void cancel() {
            CompletableFuture<PostResponse> waiting = sent;
            if (waiting != null) {
                waiting.cancel(false);
            }
        }
    }

    /** Repeats failed requests after a growing pause, until none has succeeded for some seconds. Thread-safe. */
    private static final class RetryPolicy {
        private static final long FIRST_PAUSE_MILLIS = 50;
        private static final int MOST = 7;

        // Guarded by this.
        private int failures;

        synchronized void succeeded() {
            failures = 0;
        }

        /** Schedules a repetition. Returns false if requests have failed for too long. */
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
