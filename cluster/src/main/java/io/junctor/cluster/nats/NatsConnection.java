package io.junctor.cluster.nats;

import io.junctor.cluster.engine.Figure;
import io.junctor.cluster.engine.InterestEcho;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Receiver;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Traffic;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Subscription;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A router's connection to NATS for one kind of traffic. Thread-safe; no method blocks. */
final class NatsConnection {
    /** Long before the server cuts the router off for 64 MiB that it did not read. */
    private static final long MOST_WAITING_EVENT_BYTES = 32L << 20;
    /** Room for the subject and the protocol line, which may have 4 KiB. */
    private static final int MARGIN_BYTES = 8 << 10;

    private static final int NO_RESPONDERS = 503;
    /** The length of a question about interests, and of its answer. */
    private static final int ECHO_BYTES = 16;

    private static final Duration DRAINING = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(NatsConnection.class);

    private final RouterId router;
    private final Traffic traffic;
    private final Names names;
    private final Connection connection;
    private final Dispatcher dispatcher;
    private final Outbound outbound;
    private final Inbound inbound;
    private final InterestEcho echo = new InterestEcho(this::ask);
    /** Confined to the thread that writes, of which there is one at a time. */
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    /** The number of the last message. */
    private final AtomicLong published = new AtomicLong();

    private final UnheardReports unheard = new UnheardReports();
    private final AtomicLongArray figures = new AtomicLongArray(Figure.values().length);
    /** Confined to the thread that writes. */
    private final LossWatch losses = new LossWatch();

    private final Marks marks;
    /** The prefix of the subjects on which servers report that a message has no receiver. */
    private final String reports;

    NatsConnection(RouterId router, Traffic traffic, Names names, Connection connection, Inbound inbound) {
        this.router = router;
        this.traffic = traffic;
        this.names = names;
        this.connection = connection;
        this.inbound = inbound;
        this.outbound = new Outbound(connection, name(traffic) + "-out");
        this.marks = new Marks(names.mark(traffic, router), outbound, losses);
        this.dispatcher = connection.createDispatcher();
        dispatcher.setPendingLimits(-1, -1);
        listenForBytes(names.question(traffic), this::answer);
        listenForBytes(names.answer(traffic, router), this::onAnswer);
        this.reports = names.unheard(traffic, router);
        listen(reports + "*", this::onUnheard);
    }

    /** What takes the messages of a connection. */
    static Inbound inbound(Traffic traffic, Names names) {
        long mostBytes = traffic == Traffic.EVENTS ? MOST_WAITING_EVENT_BYTES : Long.MAX_VALUE;
        return new Inbound(names.lanes(traffic), mostBytes, name(traffic) + "-in");
    }

    private static String name(Traffic traffic) {
        return "cluster-" + Names.name(traffic);
    }

    InterestEcho echo() {
        return echo;
    }

    Connection connection() {
        return connection;
    }

    boolean isConnected() {
        return outbound.isConnected();
    }

    /** Calls {@code taker} for what arrives on a subject, on the thread that reads the connection. */
    void take(String subject, Consumer<byte[]> taker) {
        inbound.listen(subject, (same, body) -> taker.accept(body));
        listenForBytes(subject, taker);
    }

    private void listenForBytes(String subject, Consumer<byte[]> handler) {
        listen(subject, message -> handler.accept(message.getData()));
    }

    /** Calls {@code handler} for what arrives on a subject, on a thread of the library. */
    void listen(String subject, Consumer<io.nats.client.Message> handler) {
        run(same -> dispatcher.subscribe(subject, handler::accept));
    }

    /** Does something with the connection, behind all that was written before. It must neither block nor call others. */
    void run(Consumer<Connection> action) {
        outbound.run(action);
    }

    /** As {@link #run}, counts {@code bytes}, and tells on another thread if it was not done because there is no connection. */
    void run(int bytes, Consumer<Connection> action, Runnable onDropped) {
        outbound.add(new Outbound.Task(bytes, false, action, () -> outbound.tell(onDropped)));
        outbound.send();
    }

    Lane open(String scope, Receiver receiver) {
        NatsLane lane = new NatsLane(this, router, scope, names.lane(traffic, scope), receiver);
        if (!inbound.add(scope, lane)) {
            throw new IllegalStateException("the router has a lane for " + traffic + " of " + scope + " already");
        }
        return lane;
    }

    void close(String scope) {
        inbound.remove(scope);
    }

    /** Subscribes when the caller sends; see {@link #send}. The messages are taken where they are read, not here. */
    void subscribe(String pattern) {
        outbound.add(same -> {
            Subscription repeated = subscriptions.put(pattern, dispatcher.subscribe(pattern, this::onLeft));
            if (repeated != null) {
                dispatcher.unsubscribe(repeated);
            }
        });
    }

    /** Unsubscribes when the caller sends. */
    void unsubscribe(String pattern) {
        outbound.add(same -> {
            Subscription subscription = subscriptions.remove(pattern);
            if (subscription != null) {
                dispatcher.unsubscribe(subscription);
            }
        });
    }

    /** A message of a lane that was not taken where it was read: it has headers, or the lane is closed. Routers send no headers. */
    private void onLeft(io.nats.client.Message message) {
        countUnless(!message.hasHeaders());
    }

    /** Writes what was added; the caller holds no lock. Returns whether more may be added at once. */
    boolean send() {
        return outbound.send();
    }

    /** Adds a message, which goes out when the caller sends. Receivers drop a copy. */
    void add(String subject, byte[] frame, @Nullable Runnable onUnheard) {
        count(Figure.MESSAGES_SENT, 1);
        count(Figure.BYTES_SENT, frame.length);
        long number = published.incrementAndGet();
        String report = onUnheard == null ? null : reports + number;
        outbound.add(new Outbound.Task(
                frame.length,
                true,
                to -> {
                    losses.onMessage(number, to);
                    if (onUnheard != null) {
                        unheard.expect(number, onUnheard);
                    }
                    to.publish(subject, report, frame);
                },
                () -> {
                    losses.onDropped(number);
                    echo.onNews();
                    if (onUnheard == null) {
                        count(Figure.DROPPED_UNCONNECTED, 1);
                    } else {
                        outbound.tell(onUnheard);
                    }
                }));
    }

    void whenWritable(Runnable action) {
        outbound.whenWritable(action);
    }

    /** How many bytes a message has at most that is not sent in parts. */
    int mostBodyBytes() {
        long most = connection.getServerInfo().getMaxPayload();
        return (int) Math.max(1, Math.min(most, Integer.MAX_VALUE) - MARGIN_BYTES - Frame.MOST_HEADER_BYTES);
    }

    void count(Figure figure, long amount) {
        figures.addAndGet(figure.ordinal(), amount);
    }

    long figure(Figure figure) {
        return figure == Figure.WAITING_BYTES ? outbound.bytes() + inbound.bytes() : figures.get(figure.ordinal());
    }

    /** The number of the last message that was published. */
    long position() {
        return published.get();
    }

    /** Completes when the server has what was published after position {@code since}; another connection of the router brings the mark back. */
    CompletionStage<Void> confirmed(long since) {
        return marks.ask(since);
    }

    /** Takes a mark that this connection has sent. */
    void onMark(byte[] mark) {
        countUnless(marks.onMark(mark));
    }

    /** A connection of the router is back: a mark may be lost. */
    void markAgain() {
        marks.sendAgain();
    }

    /** Ends what waits for a lost connection. */
    void onDisconnected(String reason) {
        echo.onDisconnected();
        marks.fail(reason);
        unheard.clear();
    }

    /** Forgets messages for which no report came in time, and asks those peers again that have not answered. */
    void onTick() {
        unheard.onTick();
        echo.askAgain();
        marks.onTick();
        outbound.onTick();
    }

    /** Closes the connection, when what waits is written or after a second. If the thread is interrupted meanwhile, it stays interrupted. */
    void close() {
        if (isConnected()) {
            drain();
        }
        outbound.close();
        inbound.close();
        marks.fail("the connection to NATS was closed");
        try {
            connection.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        CompletableFuture<Void> handed = new CompletableFuture<>();
        run(0, same -> handed.complete(null), () -> handed.complete(null));
        handed.completeOnTimeout(null, DRAINING.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        try {
            connection.flush(DRAINING);
        } catch (TimeoutException | IllegalStateException late) {
            LOG.warn("the connection for {} is closed, but may not have sent all", Names.name(traffic));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A question is answered on the same connection, which then knows the interests that the asking router sent before. */
    private void ask(long round) {
        publishEcho(names.question(traffic), round);
    }

    private void answer(byte[] question) {
        if (countUnless(question.length == ECHO_BYTES)) {
            echo.onNews();
            ByteBuffer asked = ByteBuffer.wrap(question);
            RouterId asking = new RouterId(asked.getLong());
            publishEcho(names.answer(traffic, asking), asked.getLong());
        }
    }

    private void publishEcho(String subject, long round) {
        byte[] body = ByteBuffer.allocate(ECHO_BYTES)
                .putLong(router.value())
                .putLong(round)
                .array();
        run(to -> to.publish(subject, body));
    }

    private void onAnswer(byte[] answer) {
        if (countUnless(answer.length == ECHO_BYTES)) {
            ByteBuffer answered = ByteBuffer.wrap(answer);
            echo.onAnswer(new RouterId(answered.getLong()), answered.getLong());
        }
    }

    private void onUnheard(io.nats.client.Message message) {
        if (countUnless(message.isStatusMessage() && message.getStatus().getCode() == NO_RESPONDERS)) {
            String subject = message.getSubject();
            String number = subject.substring(subject.lastIndexOf('.') + 1);
            try {
                unheard.report(Long.parseLong(number));
            } catch (NumberFormatException stranger) {
                countUnless(false);
            }
        }
    }

    /** Counts a message that another router cannot have sent. */
    private boolean countUnless(boolean isReadable) {
        if (!isReadable) {
            count(Figure.DROPPED_UNREADABLE, 1);
        }
        return isReadable;
    }
}
