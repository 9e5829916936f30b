package io.junctor.cluster.simulation;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.ReceivedItem;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A client of a simulated router. What it sends takes some time; what the router writes it has at once. For one thread.
 */
final class SimulatedClient {
    /** Is told what a client gets that answers no request. */
    interface Listener {
        void onJoined();

        void onEvent(Event event);

        void onInvocation(Invocation invocation);

        void onInterrupt(Interrupt interrupt);

        /** The router takes back a registration. */
        void onRevoked(Unregistered unregistered);

        /** The session, or the attempt to join, is over. */
        void onEnded();
    }

    private static final Codecs CODECS = new Codecs(CodecLimits.DEFAULT);
    private static final int MOST_WAY_NANOS = 300_000;

    final int number;
    final String realm;
    final SimulatedRouter router;

    private final World world;
    private final VirtualTime time;
    private final Trace trace;
    private final Codec codec;
    private final MemoryTransport transport;
    private final Map<Long, Consumer<FromRouter>> answers = new HashMap<>();
    private Listener listener;
    private long lastRequest;
    private long lastArrivalNanos;
    private long session;
    /** Whether the client has left, or knows that its session is over. */
    private boolean hasEnded;
    /** Whether nothing more reaches the router. */
    private boolean isClosed;

    /** Connects; {@link #join} comes next. */
    SimulatedClient(World world, SimulatedRouter router, String realm) {
        this.world = world;
        this.number = world.nextNumber();
        this.realm = realm;
        this.router = router;
        this.time = world.time;
        this.trace = world.trace;
        Serializer[] all = Serializer.values();
        this.codec = CODECS.of(all[number % all.length]);
        this.transport = MemoryTransport.open(router.router(), codec.serializer(), ListenerLimits.DEFAULT);
        router.clients.add(this);
    }

    void join(Roles roles, Listener listening) {
        listener = listening;
        send(new Hello(new Uri(realm), HelloDetails.anonymous(roles)));
    }

    /** The session id; 0 before it has joined. */
    long session() {
        return session;
    }

    /** Whether it has a session. */
    boolean isOpen() {
        return session != 0 && !hasEnded;
    }

    boolean hasEnded() {
        return hasEnded;
    }

    /** The requests without an answer. */
    Set<Long> waitsFor() {
        return answers.keySet();
    }

    /** How many requests have no answer. */
    int unanswered() {
        return answers.size();
    }

    Payload payload(@Nullable Object... positional) {
        try {
            return codec.payload(Arguments.of(positional));
        } catch (UnrepresentableException problem) {
            throw new AssertionError(problem);
        }
    }

    List<@Nullable Object> positional(Payload payload) {
        return codec.arguments(payload).positional();
    }

    Map<String, @Nullable Object> keywords(Payload payload) {
        return codec.arguments(payload).keywords();
    }

    /** Sends a request; {@code answer} gets the first message that answers it. Returns the request id. */
    long request(LongFunction<FromClient> message, Consumer<FromRouter> answer) {
        return request(message, answer, () -> {});
    }

    /** As {@link #request(LongFunction, Consumer)}; {@code arrived} runs just before the router reads the request. */
    long request(LongFunction<FromClient> message, Consumer<FromRouter> answer, Runnable arrived) {
        long request = ++lastRequest;
        answers.put(request, answer);
        send(message.apply(request), arrived);
        return request;
    }

    /** Sends a request that gets no answer. */
    void requestUnanswered(LongFunction<FromClient> message, Runnable arrived) {
        send(message.apply(++lastRequest), arrived);
    }

    void send(FromClient message) {
        send(message, () -> {});
    }

    private void send(FromClient message, Runnable arrived) {
        byte[] bytes;
        try {
            bytes = codec.encode(message);
        } catch (UnrepresentableException problem) {
            throw new AssertionError(problem);
        }
        onArrival(() -> {
            if (!isClosed) {
                trace.add(time.nanos(), this, message);
                arrived.run();
                transport.send(bytes);
            }
        });
    }

    /** Ends the transport without GOODBYE: for the client at once, for the router behind what was sent before. */
    void cut() {
        end();
        onArrival(() -> {
            isClosed = true;
            transport.cut();
        });
    }

    /** Runs in the process of the router, behind what was sent before. */
    private void onArrival(Runnable action) {
        long delayNanos = time.random().nextInt(MOST_WAY_NANOS);
        lastArrivalNanos = Math.max(lastArrivalNanos, time.nanos() + delayNanos);
        router.process.after(Duration.ofNanos(lastArrivalNanos - time.nanos()), action);
    }

    void onRouterKilled() {
        isClosed = true;
        if (!hasEnded) {
            end();
        }
    }

    /** Takes what the router has written. */
    void receive() {
        while (!hasEnded && transport.unreadMessages() > 0) {
            switch (transport.receive(0)) {
                case ReceivedItem.Message message -> onMessage(codec.decodeFromRouter(message.bytes()));
                case ReceivedItem.Closed closed -> close();
                case null -> throw new AssertionError("a message that is not there");
            }
        }
    }

    private void onMessage(FromRouter message) {
        trace.add(time.nanos(), this, message);
        switch (message) {
            case Welcome welcome -> {
                session = welcome.session();
                world.meta.onJoined(this);
                listener.onJoined();
            }
            case Event event -> listener.onEvent(event);
            case Invocation invocation -> listener.onInvocation(invocation);
            case Interrupt interrupt -> listener.onInterrupt(interrupt);
            case Goodbye goodbye -> close();
            case Unregistered gone when gone.request() == 0 -> listener.onRevoked(gone);
            case Unregistered gone -> answer(gone.request(), gone);
            case Registered done -> answer(done.request(), done);
            case Subscribed done -> answer(done.request(), done);
            case Unsubscribed done -> answer(done.request(), done);
            case Published done -> answer(done.request(), done);
            case Result result -> answer(result.request(), result);
            case ErrorMessage error -> answer(error.request(), error);
            default -> close();
        }
    }

    private void answer(long request, FromRouter message) {
        Consumer<FromRouter> waiting = answers.remove(request);
        if (waiting == null) {
            throw new BrokenPromise(this + " has got a second answer, or one to no request: " + message);
        }
        waiting.accept(message);
    }

    private void close() {
        isClosed = true;
        transport.close();
        end();
    }

    private void end() {
        hasEnded = true;
        router.clients.remove(this);
        answers.clear();
        world.meta.onEnded(this);
        listener.onEnded();
    }

    @Override
    public String toString() {
        return "client " + number + " of " + realm + " on " + router;
    }
}
