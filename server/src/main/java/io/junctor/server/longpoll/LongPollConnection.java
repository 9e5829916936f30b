package io.junctor.server.longpoll;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.Heartbeat;
import io.junctor.router.memory.IncomingMessageBudget;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.router.spi.RequestFields;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers.Timer;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.ListenerConnection;
import io.junctor.server.connector.OpeningRequest;
import io.junctor.server.connector.WampConnector;
import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection that consists of HTTP requests: some requests send messages, and others, the polls, receive them. It is not tied
 * to a socket. It ends when the client closes it or does not poll for some time. Thread-safe.
 */
final class LongPollConnection implements Connection, ListenerConnection, PollQueue.Listener {
    /** The time for which the last messages of a closed connection wait for a poll. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final WampConnector connector;
    private final OpeningRequest opening;
    private final ClientAddress client;
    private final @Nullable X509Certificate certificate;
    private final Subprotocol subprotocol;
    private final @Nullable BatchFormat batch;
    private final Consumer<String> whenEnded;
    /** The part of the memory for the incoming messages of all connections that this connection holds. */
    @GuardedBy("share")
    private final IncomingMessageBudget.Share share;

    private final SendRequestQueue sending;
    private final PollQueue receiving;
    private final Heartbeat heartbeat = new Heartbeat();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Timer closeTimer;
    /** Whether the session is open. */
    private volatile boolean joined;

    /** Whether the client has sent a poll. */
    private volatile boolean polled;

    private volatile CloseStatus closeStatus = CloseStatus.NORMAL;

    LongPollConnection(
            WampConnector connector,
            OpeningRequest opening,
            ClientAddress client,
            @Nullable X509Certificate certificate,
            Subprotocol subprotocol,
            Consumer<String> whenEnded) {
        this.connector = connector;
        this.opening = opening;
        this.client = client;
        this.certificate = certificate;
        this.subprotocol = subprotocol;
        this.batch = subprotocol.isBatched() ? new BatchFormat(subprotocol.serializer()) : null;
        this.whenEnded = whenEnded;
        this.share = connector
                .context()
                .limit()
                .incoming()
                .share(() -> connector.getExecutor().execute(this::onIncomingRefused));
        this.sending = new SendRequestQueue(this, batch, connector.getExecutor());
        this.receiving = new PollQueue(this, connector.context().timers()::nanos);
    }

    /** Opens the connection to the router. */
    void open() {
        connector.opened(this);
        sending.open(() -> connector.context().acceptor().accept(this));
    }

    /** Takes a request that sends messages. Returns false if the limit of waiting requests is reached. */
    boolean send(SendRequest request) {
        heartbeat.onHeard();
        return sending.add(request);
    }

    @Nullable
    BatchFormat batch() {
        return batch;
    }

    PollQueue receiving() {
        return receiving;
    }

    /** Ends the connection. Only the first call has an effect. */
    void end(String cause, CloseStatus status) {
        if (ended.compareAndSet(false, true)) {
            cancelCloseTimer();
            String sentence = "The router closed this transport with code " + status.webSocketCode() + ".";
            whenEnded.accept(sentence);
            try (Pass pass = Pass.open()) {
                receiving.end(sentence);
                sending.end(cause, sentence);
            }
            onHeldBytes(0);
            connector.closed(this);
        }
    }

    /** Notes that the body of a request has arrived. */
    void onBody(int bytes) {
        connector.counters(transport()).add(TransportCounter.BYTES_RECEIVED, bytes);
    }

    /** Handles a violation of the transport's rules: the session ends by {@code ABORT}. */
    void onInvalidInput(String problem) {
        connector.ended(this, TransportCounter.INVALID_INPUT, problem);
    }

    /** Ends the connection because of the behaviour of the client. */
    void endFor(TransportCounter counter, String reason, CloseStatus status) {
        if (!ended.get()) {
            connector.ended(this, counter, reason);
        }
        end(reason, status);
    }

    private void cancelCloseTimer() {
        Timer timer = closeTimer;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Notes how many bytes of memory the body of a request takes. */
    void onHeldBytes(int bytes) {
        synchronized (share) {
            share.hold(ended.get() ? 0 : bytes);
        }
    }

    private void onIncomingRefused() {
        endFor(
                TransportCounter.INCOMING_REFUSED,
                "incoming messages of all connections hold more than limit incoming_heap_percent allows",
                CloseStatus.POLICY);
    }

    // Called by the router.

    @Override
    public Serializer serializer() {
        return subprotocol.serializer();
    }

    @Override
    public ListenerLimits limits() {
        return connector.config().limits();
    }

    @Override
    public JoinRestriction joins() {
        return opening.joins();
    }

    @Override
    public RequestFields requestFields() {
        return opening.fields();
    }

    @Override
    public Transport transport() {
        return receiving.isStream() ? Transport.EVENTSTREAM : Transport.LONGPOLL;
    }

    @Override
    public int receiveLimitBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String peer() {
        return client.toString();
    }

    @Override
    public String listener() {
        return connector.refusals().listener();
    }

    @Override
    public String address() {
        return client.network();
    }

    @Override
    public @Nullable PeerCredentials peerCredentials() {
        return client.credentials();
    }

    @Override
    public @Nullable X509Certificate certificate() {
        return certificate;
    }

    @Override
    public boolean isPrivate() {
        return client.isPrivate();
    }

    @Override
    public boolean isOnLoopback() {
        return client.isOnLoopback();
    }

    @Override
    public boolean isOpen() {
        return !ended.get();
    }

    /** Lets the next request answer. A waiting poll is answered at once, so that the client sends the next one. */
    @Override
    public void probe(Runnable answered) {
        heartbeat.ask(answered);
        receiving.answerNow(true);
    }

    @Override
    public void demand() {
        sending.demand();
    }

    /** Returns true: the sweep itself ends a client that does not poll, and a write lasts until the client has polled for all its messages. */
    @Override
    public boolean noticesStall() {
        return true;
    }

    @Override
    public void maxMessageBytes(int bytes) {
        joined = bytes != ListenerLimits.HANDSHAKE_BYTES;
        sending.maxMessageBytes(bytes);
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        receiving.add(messages, done);
    }

    /** Closes the connection; the last messages stay until a poll fetches them. */
    @Override
    public void close(CloseStatus status) {
        closeStatus = status;
        closeTimer = connector
                .context()
                .timers()
                .after(CLOSE_WAIT, () -> end("the client did not poll for the last messages", status));
        if (ended.get()) {
            cancelCloseTimer();
        }
        receiving.close();
    }

    @Override
    public void drop() {
        end("dropped by the router", CloseStatus.POLICY);
        receiving.abort();
    }

    // Called by the queue of messages to receive.

    @Override
    public void onPolled() {
        polled = true;
        heartbeat.onHeard();
    }

    @Override
    public void onDrained() {
        end("the router closed the connection", closeStatus);
    }

    // For the connector.

    @Override
    public @Nullable EndPoint endPoint() {
        return null;
    }

    /**
     * Answers a poll that has waited long enough, asks the client of a stream from time to time to connect again, and ends the connection
     * of a client that has not polled for too long.
     */
    @Override
    public void sweep(long nowNanos) {
        Duration pollWait = limits().pingInterval().dividedBy(2).minus(Heartbeat.sweepPeriod(limits()));
        Duration silence = silence();
        if (receiving.isStalled(limits().stalledWriter().toNanos())) {
            String reason = "it took no response for "
                    + limits().stalledWriter().toSeconds() + " s and the time of its bytes (stalled_writer)";
            endFor(TransportCounter.WRITERS_STALLED, reason, CloseStatus.POLICY);
            receiving.abort();
        } else if (receiving.waitedNanos() >= pollWait.toNanos()) {
            receiving.answerNow(receiving.silentNanos() >= silence.toNanos());
        } else if (receiving.gapNanos() >= silence.toNanos()) {
            endFor(TransportCounter.PONGS_MISSED, "no poll within " + silence.toMillis() + " ms", CloseStatus.POLICY);
        }
    }

    /** Returns how long the client may send no poll: a shorter time before its session is open, and the shortest before its first poll. */
    private Duration silence() {
        if (joined) {
            return connector.requestWait();
        }
        Duration hello = limits().helloTimeout();
        return hello.plus(polled ? limits().authTimeout() : hello);
    }
}
