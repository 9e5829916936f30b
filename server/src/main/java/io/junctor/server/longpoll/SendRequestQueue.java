package io.junctor.server.longpoll;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.MessageReceiver;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.codec.batch.BatchReader;
import io.junctor.wamp.codec.batch.InvalidBatchException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages from one client: its requests wait here in the order of their arrival, and the router takes one message after
 * the other when it demands one. Thread-safe.
 *
 * <p>The body of a request is read when the messages of all earlier requests are taken, and a request is answered when its own messages
 * are taken. This slows down a client that sends faster than the router takes messages: it waits for its responses.
 */
final class SendRequestQueue {
    private static final Logger LOG = LoggerFactory.getLogger(SendRequestQueue.class);

    /** The most requests of a client that may wait. */
    static final int MAX_REQUESTS = 256;

    private static final int PASS_MESSAGES = 256;

    private final @Nullable BatchFormat batch;
    private final Executor executor;
    private final LongPollConnection connection;

    @GuardedBy("this")
    private final ArrayDeque<SendRequest> requests = new ArrayDeque<>();

    /** The messages of the first request, or null until its body is read. */
    @GuardedBy("this")
    private @Nullable BatchReader messages;

    @GuardedBy("this")
    private boolean reading;

    @GuardedBy("this")
    private boolean demanded;

    /** The reason why a message of the client cannot be delivered; later messages are not delivered either. */
    @GuardedBy("this")
    private @Nullable String fault;

    @GuardedBy("this")
    private @Nullable String endCause;

    @GuardedBy("this")
    private String endSentence = "The router stops.";

    // One thread at a time delivers messages; other threads only make it check the queue again. No thread delivers
    // before open().
    @GuardedBy("this")
    private boolean working = true;

    @GuardedBy("this")
    private boolean again;

    private volatile int limitBytes = ListenerLimits.HANDSHAKE_BYTES;

    // Confined to the thread that works.
    private boolean faultTold;
    private boolean endTold;

    @SuppressWarnings("NullAway.Init") // Set by open() before the first message.
    private MessageReceiver receiver;

    /**
     * @param batch the format of the bodies, or null if each body contains one message
     * @param executor runs the work that other threads start
     */
    SendRequestQueue(LongPollConnection connection, @Nullable BatchFormat batch, Executor executor) {
        this.connection = connection;
        this.batch = batch;
        this.executor = executor;
    }

    /** Asks {@code acceptor} for the receiver and begins to deliver. */
    void open(Supplier<MessageReceiver> acceptor) {
        try (Pass pass = Pass.open()) {
            receiver = acceptor.get();
            workOn(pass);
        }
    }

    /** Sets the largest body that is accepted from now on. */
    void maxMessageBytes(int bytes) {
        limitBytes = bytes;
    }

    /** Adds a request. Returns false if the limit of waiting requests is reached. */
    boolean add(SendRequest request) {
        synchronized (this) {
            if (requests.size() >= MAX_REQUESTS) {
                return false;
            }
            requests.add(request);
        }
        work();
        return true;
    }

    /** The receiver demands one more message. */
    void demand() {
        boolean work;
        synchronized (this) {
            demanded = true;
            again = working;
            work = !working && messages != null;
        }
        if (work) {
            later(this::work);
        }
    }

    /**
     * Notifies the receiver that the transport has ended; only the first cause is kept.
     *
     * @param sentence a sentence for the clients of the waiting requests
     */
    void end(String cause, String sentence) {
        synchronized (this) {
            if (endCause == null) {
                endCause = cause;
                endSentence = sentence;
            }
        }
        work();
    }

    private void later(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            synchronized (this) {
                endCause = endCause == null ? "the router stops" : endCause;
            }
            task.run();
        }
    }

    private void work() {
        synchronized (this) {
            if (working) {
                again = true;
                return;
            }
            working = true;
        }
        try (Pass pass = Pass.open()) {
            workOn(pass);
        }
    }

    private void workOn(Pass pass) {
        int steps = 0;
        do {
            while (stepSafely()) {
                steps++;
                if (steps == PASS_MESSAGES || pass.isSpent()) {
                    pass.settle();
                    later(() -> Pass.run(() -> workOn(Pass.current())));
                    return;
                }
            }
            // Another thread may deliver the next message, and the operations of one session must not be in two passes.
            pass.settle();
        } while (worksAgain());
    }

    private synchronized boolean worksAgain() {
        working = again;
        again = false;
        return working;
    }

    /** Takes a step. If the router fails, ends the connection: otherwise the client would stay connected, but nothing would read from it. */
    private boolean stepSafely() {
        try {
            return step();
        } catch (RuntimeException | Error e) {
            LOG.error("the router ends the connection of {}: reading failed", connection.peer(), e);
            connection.end("the router failed", CloseStatus.INTERNAL);
            return true;
        }
    }

    /** Takes one step. Returns false if no work is left. */
    private boolean step() {
        SendRequest first;
        BatchReader next;
        synchronized (this) {
            if (endCause != null || fault != null) {
                return stepToEnd(fault, endCause);
            }
            first = requests.peek();
            next = messages;
            if (first == null || reading) {
                return false;
            }
            if (next == null) {
                reading = true;
            } else if (!next.hasNext()) {
                requests.remove();
                messages = null;
            } else if (demanded) {
                demanded = false;
            } else {
                return false;
            }
        }
        if (next == null) {
            read(first);
        } else if (next.hasNext()) {
            deliver(first, next);
        } else {
            connection.onHeldBytes(0);
            first.accept();
        }
        return true;
    }

    /** Notifies the receiver of the fault, then of the end, each once, and ends the waiting requests. */
    private boolean stepToEnd(@Nullable String fault, @Nullable String cause) {
        connection.onHeldBytes(0);
        later(this::endRequests);
        if (fault != null && cause == null && !faultTold) {
            faultTold = true;
            receiver.onFault(fault);
        }
        if (cause != null && !endTold) {
            endTold = true;
            receiver.onClosed(cause);
        }
        return false;
    }

    private void endRequests() {
        List<SendRequest> left;
        String sentence;
        synchronized (this) {
            sentence = endCause == null && fault != null ? fault : endSentence;
            left = new ArrayList<>(requests);
            requests.clear();
        }
        left.forEach(request -> request.refuse(HttpStatus.NOT_FOUND_404, sentence));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback answers in each case.
    private void read(SendRequest request) {
        new BodyReader(request.request(), limitBytes, connection::onHeldBytes, new BodyReader.Listener() {
                    @Override
                    public void onBody(byte[] body) {
                        connection.onBody(body.length);
                        connection.onHeldBytes(body.length);
                        onRead(request, body);
                    }

                    // The response reports the problem; the transport ends as a WebSocket does with close code 1009.
                    @Override
                    public void onTooLarge(int limit) {
                        String problem = "message of more than the limit of " + limit + " bytes";
                        take(request);
                        request.refuse(HttpStatus.PAYLOAD_TOO_LARGE_413, problem);
                        connection.endFor(TransportCounter.INVALID_INPUT, problem, CloseStatus.TOO_BIG);
                    }

                    @Override
                    public void onLost() {
                        fail(request, HttpStatus.BAD_REQUEST_400, "the body of a request did not arrive whole");
                    }
                })
                .run();
    }

    private void onRead(SendRequest request, byte[] body) {
        try {
            BatchReader read = batch == null ? BatchReader.ofOne(body) : batch.read(body);
            synchronized (this) {
                messages = read;
                reading = false;
            }
            work();
        } catch (InvalidBatchException fault) {
            fail(request, HttpStatus.BAD_REQUEST_400, String.valueOf(fault.getMessage()));
        }
    }

    private synchronized void take(SendRequest request) {
        requests.remove(request);
    }

    private void deliver(SendRequest request, BatchReader batch) {
        try {
            receiver.onMessage(batch.next());
        } catch (InvalidBatchException fault) {
            fail(request, HttpStatus.BAD_REQUEST_400, String.valueOf(fault.getMessage()));
        }
    }

    /** Ends delivery because a message is lost: the receiver is notified and receives no more messages. */
    private void fail(SendRequest request, int status, String problem) {
        synchronized (this) {
            fault = problem;
            reading = false;
            requests.remove(request);
        }
        request.refuse(status, problem);
        connection.onInvalidInput(problem);
        work();
    }
}
