package io.junctor.server.gateway.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.InvalidRequestException;
import io.junctor.wamp.inprocess.InProcessConnection;
import io.junctor.wamp.inprocess.InProcessListener;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A session of the gateway, in JSON. Thread-safe. Requests are sent in the order of the calls; each request gets exactly
 * one reply, at the latest when the session ends.
 */
public final class GatewaySession implements AutoCloseable {
    /** The most bytes of a message before the tail of a request: message type and request number. */
    private static final int HEAD_BYTES = 32;

    private static final byte[] GOODBYE_AND_OUT =
            "[6,{},\"wamp.close.goodbye_and_out\"]".getBytes(StandardCharsets.US_ASCII);

    private final InProcessConnection connection;
    private final Formats formats;
    private final Login login;
    private final EventReceiver events;
    private final MessageSender sender;
    private final CompletableFuture<Optional<Reply.Failure>> joined = new CompletableFuture<>();
    private final CompletableFuture<Reply.Failure> ended = new CompletableFuture<>();
    private final ConcurrentMap<Long, CompletableFuture<Reply>> replyByRequest = new ConcurrentHashMap<>();
    /** The identity of the session: set before {@code joined} completes, and read only after that. */
    private volatile @Nullable Identity identity;

    /** Receives the events of a session, one at a time. It may block, which delays only this session. */
    @FunctionalInterface
    public interface EventReceiver {
        /** Ignores all events. */
        EventReceiver NONE = (event, args) -> {};

        /**
         * Receives an event.
         *
         * @param arguments Arguments and ArgumentsKw, if the event contains them
         */
        void onEvent(Event event, ArrayNode arguments);

        /**
         * Receives a call of a procedure that the session has registered; must not block.
         *
         * @param request the number of the call, for {@link GatewaySession#answer} and {@link GatewaySession#fail}
         */
        default void onInvocation(GatewaySession session, long request, Reply.Result arguments) {}

        /** Receives the notice that the caller no longer waits for the result of a call; must not block. */
        default void onInterrupt(GatewaySession session, long request) {}
    }

    /**
     * A request that was sent.
     *
     * @param number the number of the request, for {@link #cancel}
     * @param reply completes with the reply
     */
    public record SentRequest(long number, CompletableFuture<Reply> reply) {}

    /**
     * The codecs that sessions share.
     *
     * @param toRouter checks messages before they are sent, with the limits of the listener
     * @param fromRouter decodes messages
     * @param json reads and writes JSON
     */
    public record Formats(Codec toRouter, Codec fromRouter, WampJson json) {
        /** The limits for messages from the router, which has already applied the limits of the configuration to them. */
        private static final CodecLimits FROM_ROUTER = new CodecLimits(Integer.MAX_VALUE, 1_000, 1 << 16);

        /** Creates formats with the limits of a listener. */
        public static Formats of(ListenerLimits limits, WampJson json) {
            CodecLimits toRouter =
                    new CodecLimits(limits.messageBytes(), limits.depth(), CodecLimits.DEFAULT.elements());
            return new Formats(
                    new Codecs(toRouter).of(Serializer.JSON), new Codecs(FROM_ROUTER).of(Serializer.JSON), json);
        }
    }

    private GatewaySession(InProcessConnection connection, Formats formats, Login login, EventReceiver events) {
        this.connection = connection;
        this.formats = formats;
        this.login = login;
        this.events = events;
        this.sender = new MessageSender(connection);
    }

    /** Begins to join a realm. */
    static GatewaySession join(
            InProcessConnection connection, Formats formats, String realm, Login login, EventReceiver events) {
        GatewaySession session = new GatewaySession(connection, formats, login, events);
        connection.start(session.new Listener());
        connection.demand();
        byte[] hello = formats.json().write(login.hello(realm));
        if (hello == null || hello.length > connection.maxSentBytes()) {
            session.end(Reply.Failure.of(WampError.AUTHENTICATION_DENIED, "the realm or the authid is not a text"));
            connection.close();
        } else {
            session.sender.send(hello);
        }
        return session;
    }

    /** Completes when the session is open, with an empty value, or when it was refused, with the reason. */
    CompletableFuture<Optional<Reply.Failure>> joined() {
        return joined;
    }

    /** Completes when the session has ended, with the reason. */
    public CompletableFuture<Reply.Failure> ended() {
        return ended;
    }

    /** Runs {@code action} once when the session has ended, or at once if it has already ended. The action must not block. */
    @SuppressWarnings("FutureReturnValueIgnored") // The action does not fail.
    public void onEnded(Runnable action) {
        ended.thenRun(action);
    }

    /** Returns the identity that the router gave the session. It is known when the session is open. */
    public Identity identity() {
        return Objects.requireNonNull(identity);
    }

    /** Publishes. */
    public SentRequest publish(ObjectNode options, String topic, ArrayNode args, ObjectNode kwargs) {
        return request(Publish.CODE, options, topic, args, kwargs);
    }

    /** Calls. */
    public SentRequest call(ObjectNode options, String procedure, ArrayNode args, ObjectNode kwargs) {
        return request(Call.CODE, options, procedure, args, kwargs);
    }

    /** Subscribes; events reach the {@link EventReceiver} of the session. */
    public SentRequest subscribe(ObjectNode options, String topic) {
        return request(Subscribe.CODE, options, topic, WampJson.array(), WampJson.object());
    }

    /** Registers a procedure; calls reach the {@link EventReceiver} of the session. */
    public SentRequest register(ObjectNode options, String procedure) {
        return request(Register.CODE, options, procedure, WampJson.array(), WampJson.object());
    }

    /** Sends the result of a call. A result that is too large becomes an error. */
    public void answer(long request, Reply.Result result) {
        ArrayNode message = WampJson.array()
                .add(Yield.CODE)
                .add(request)
                .add(WampJson.object())
                .add(result.args());
        if (!trySend(message.add(result.kwargs()))) {
            fail(request, Reply.Failure.of(WampError.PAYLOAD_SIZE_EXCEEDED, "the result is too large, or no Unicode"));
        }
    }

    /** Sends an error as the answer to a call. */
    @SuppressWarnings("CheckReturnValue") // An error without arguments fits.
    public void fail(long request, Reply.Failure failure) {
        ArrayNode head = WampJson.array()
                .add(ErrorMessage.CODE)
                .add(Invocation.CODE)
                .add(request)
                .add(WampJson.object())
                .add(failure.error());
        if (!trySend(head.deepCopy().add(failure.args()).add(failure.kwargs()))) {
            trySend(head);
        }
    }

    private boolean trySend(ArrayNode message) {
        byte[] bytes = formats.json().write(message);
        if (bytes == null || bytes.length > connection.maxSentBytes()) {
            return false;
        }
        sender.send(bytes);
        return true;
    }

    /** Cancels a call without waiting for its callee. */
    public void cancel(SentRequest call) {
        if (!call.reply().isDone()) {
            sender.send(("[" + Cancel.CODE + "," + call.number() + ",{\"mode\":\"killnowait\"}]")
                    .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private SentRequest request(int code, ObjectNode options, String uri, ArrayNode args, ObjectNode kwargs) {
        ArrayNode rest = WampJson.array().add(options).add(uri);
        if (!args.isEmpty() || !kwargs.isEmpty()) {
            rest.add(args);
        }
        if (!kwargs.isEmpty()) {
            rest.add(kwargs);
        }
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        byte[] list = formats.json().write(rest);
        Reply.Failure problem = problem(code, list);
        if (list == null || problem != null) {
            reply.complete(problem);
            return new SentRequest(0, reply);
        }
        byte[] tail = new byte[list.length - 1];
        System.arraycopy(list, 1, tail, 0, tail.length);
        long[] number = new long[1];
        sender.request(code, tail, assigned -> {
            number[0] = assigned;
            replyByRequest.put(assigned, reply);
        });
        // The session may have ended while the request was added.
        if (ended.isDone()) {
            reply.complete(ended.join());
        }
        return new SentRequest(number[0], reply);
    }

    /** Returns why a request cannot be sent, or null: an invalid message would end the session, which other requests may share. */
    private Reply.@Nullable Failure problem(int code, byte @Nullable [] list) {
        if (list == null) {
            return Reply.Failure.of(WampError.INVALID_PAYLOAD, "the request has a text that is not Unicode");
        }
        if (list.length + HEAD_BYTES > connection.maxSentBytes()) {
            return Reply.Failure.of(
                    WampError.PAYLOAD_SIZE_EXCEEDED,
                    "the message has " + list.length + " bytes, the limit is " + connection.maxSentBytes()
                            + " (message_bytes)");
        }
        try {
            formats.toRouter().decodeFromClient(message(code, list));
            return null;
        } catch (InvalidRequestException answeredByTheRouter) {
            return null;
        } catch (ProtocolViolationException violation) {
            return Reply.Failure.of(WampError.INVALID_ARGUMENT, violation.problem());
        }
    }

    /** Returns a whole message with a placeholder number. It is a copy, because the codec may change the array that it decodes. */
    private static byte[] message(int code, byte[] list) {
        byte[] head = ("[" + code + ",1,").getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(head, head.length + list.length - 1);
        System.arraycopy(list, 1, message, head.length, list.length - 1);
        return message;
    }

    private void onMessage(byte[] bytes) {
        FromRouter message = formats.fromRouter().decodeFromRouter(bytes);
        switch (message) {
            case Welcome welcome -> {
                identity = welcome.details().identity();
                joined.complete(Optional.empty());
            }
            case Challenge challenge -> send(login.authenticate(challenge));
            case Abort abort ->
                end(Reply.Failure.of(abort.reason().text(), abort.details().message()));
            case Goodbye goodbye -> {
                sender.send(GOODBYE_AND_OUT);
                end(Reply.Failure.of(goodbye.reason().text(), goodbye.details().message()));
            }
            case Published published -> complete(published.request(), new Reply.Accepted(published.publication()));
            case Subscribed subscribed -> complete(subscribed.request(), new Reply.Accepted(subscribed.subscription()));
            case Result result -> complete(result.request(), result(WampJson.arguments(result.payload())));
            case ErrorMessage error -> complete(error.request(), failure(error));
            case Event event -> events.onEvent(event, WampJson.arguments(event.payload()));
            case Invocation call ->
                events.onInvocation(this, call.request(), result(WampJson.arguments(call.payload())));
            case Interrupt interrupt -> events.onInterrupt(this, interrupt.request());
            case Registered registered -> complete(registered.request(), new Reply.Accepted(registered.registration()));
            case Unregistered unasked -> {}
            case Unsubscribed unasked -> {}
        }
    }

    private void send(JsonNode message) {
        byte[] bytes = formats.json().write(message);
        if (bytes == null) {
            connection.close();
        } else {
            sender.send(bytes);
        }
    }

    private void complete(long request, Reply reply) {
        CompletableFuture<Reply> waiting = replyByRequest.remove(request);
        if (waiting != null) {
            waiting.complete(reply);
        }
    }

    private static Reply.Result result(ArrayNode all) {
        return new Reply.Result(args(all), kwargs(all));
    }

    private Reply.Failure failure(ErrorMessage error) {
        ArrayNode all = WampJson.arguments(error.payload());
        ArrayNode args = args(all);
        return new Reply.Failure(error.error().text(), text(args), args, kwargs(all));
    }

    /** Returns the first argument of an error if it is a text: routers and most callees put a text for people there. */
    private static @Nullable String text(ArrayNode args) {
        return args.path(0).isTextual() ? args.path(0).textValue() : null;
    }

    static ArrayNode args(ArrayNode all) {
        return all.path(0) instanceof ArrayNode list ? list : WampJson.array();
    }

    static ObjectNode kwargs(ArrayNode all) {
        return all.path(1) instanceof ObjectNode map ? map : WampJson.object();
    }

    private void end(Reply.Failure reason) {
        ended.complete(reason);
        joined.complete(Optional.of(reason));
        List.copyOf(replyByRequest.values()).forEach(reply -> reply.complete(reason));
        replyByRequest.clear();
    }

    /** Returns whether the session accepts requests. */
    boolean isOpen() {
        return !ended.isDone();
    }

    /** Ends the session, which cancels its calls and ends its subscriptions. */
    @Override
    public void close() {
        connection.close();
    }

    private final class Listener implements InProcessListener {
        @Override
        public void onMessage(byte[] message) {
            GatewaySession.this.onMessage(message);
            connection.demand();
        }

        @Override
        public void onPong() {
            // The gateway sends no pings, so no ping stays unanswered.
        }

        @Override
        public void onClosed(String cause) {
            end(Reply.Failure.of(WampError.NETWORK_FAILURE, "the session has ended: " + cause));
        }
    }
}
