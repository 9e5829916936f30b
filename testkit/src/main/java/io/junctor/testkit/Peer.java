package io.junctor.testkit;

import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.RequestIds;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A scripted WAMP client: sends messages or bytes on behalf of a test, and fails the test if it receives
 * another message than the test expects. {@link #close} fails the test if a message was not read. Confined to the
 * thread of the test.
 */
public final class Peer implements AutoCloseable {
    /** All client roles without any feature. */
    public static final Roles PLAIN =
            new Roles(Role.CLIENT.stream().collect(Collectors.toMap(role -> role, role -> Set.of())));

    private static final long PATIENCE_MILLIS = 60_000;

    private final ClientTransport transport;
    private final PeerCodec codec;
    private RequestIds requestIds = new RequestIds();
    private long session;
    private boolean closed;

    /** Creates a client on this transport. */
    public Peer(ClientTransport transport) {
        this.transport = transport;
        this.codec = new PeerCodec(transport.serializer());
    }

    // ---- Sending.

    /** Sends a message. */
    public Peer send(FromClient message) {
        transport.send(codec.encode(message));
        return this;
    }

    /** Sends a list of any values, which may be an invalid message. */
    public Peer sendList(@Nullable Object... elements) {
        return sendBytes(encodeList(elements));
    }

    /** Sends bytes as one message. */
    public Peer sendBytes(byte[] message) {
        transport.send(message);
        return this;
    }

    /** Encodes a list of any values. */
    public byte[] encodeList(@Nullable Object... elements) {
        return codec.encodeList(Arrays.asList(elements));
    }

    /** Decodes a message into a list. */
    public List<@Nullable Object> decodeList(byte[] message) {
        return codec.decodeList(message);
    }

    /** Encodes a message. */
    public byte[] encode(FromClient message) {
        return codec.encode(message);
    }

    /** Returns a payload with positional arguments. */
    public Payload payload(@Nullable Object... positional) {
        return codec.payload(Arrays.asList(positional));
    }

    /** Returns a payload with positional and keyword arguments. */
    public Payload payload(
            List<? extends @Nullable Object> positional, Map<String, ? extends @Nullable Object> keywords) {
        return codec.payload(new Arguments(List.copyOf(positional), Map.copyOf(keywords)));
    }

    /** Returns the id of the next request and marks it as used. */
    public long nextRequest() {
        return requestIds.next();
    }

    // ---- Receiving.

    /** Returns the next message, which must be a {@code type}. */
    public <T extends FromRouter> T expect(Class<T> type) {
        FromRouter message = next(type.getSimpleName());
        if (!type.isInstance(message)) {
            throw new AssertionError("expected " + type.getSimpleName() + ", got " + describe(message));
        }
        return type.cast(message);
    }

    /** Returns the next message, decoded into a list. */
    public List<@Nullable Object> expectList() {
        return codec.decodeList(nextBytes("a message"));
    }

    /** Returns the next message without decoding it. */
    public byte[] expectBytes() {
        return nextBytes("a message");
    }

    /** Returns the next message, which must be an {@code ERROR} for this request. */
    public ErrorMessage expectError(int requestType, long request, WampError error) {
        ErrorMessage message = expect(ErrorMessage.class);
        boolean fits = message.requestType() == requestType
                && message.request() == request
                && message.error().equals(error.uri());
        if (!fits) {
            throw new AssertionError("expected ERROR of %d, %d with %s, got %s"
                    .formatted(requestType, request, error.uri(), describe(message)));
        }
        return message;
    }

    /** Returns the next message, which must be an {@code ABORT}. The session has ended then. */
    public Abort expectAbort(WampError reason) {
        Abort abort = expect(Abort.class);
        session = 0;
        if (!abort.reason().equals(reason.uri())) {
            throw new AssertionError("expected ABORT with " + reason.uri() + ", got " + describe(abort));
        }
        return abort;
    }

    /** Expects an {@code ABORT} for a protocol violation, then the end of the transport. */
    public Abort expectViolation() {
        Abort abort = expectAbort(WampError.PROTOCOL_VIOLATION);
        expectClosed();
        return abort;
    }

    /** Expects the end of the transport, with no message before it. Returns the close code. */
    public int expectClosed() {
        ReceivedItem received = received("the end of the transport");
        if (received instanceof ReceivedItem.Message message) {
            throw new AssertionError("expected the end of the transport, got " + describe(message));
        }
        return ((ReceivedItem.Closed) received).code();
    }

    /** Returns the next message, which must be the result of a call. */
    public Result expectResult(long request) {
        Result result = expect(Result.class);
        if (result.request() != request) {
            throw new AssertionError("expected the result of " + request + ", got " + describe(result));
        }
        return result;
    }

    /**
     * Expects that all messages of the router were read: sends a request, whose answer must be the next
     * message. Needs a session.
     */
    public void expectNothing() {
        long request = nextRequest();
        send(new Unsubscribe(request, 1));
        expectError(Unsubscribe.CODE, request, WampError.NO_SUCH_SUBSCRIPTION);
    }

    /** Decodes a payload. */
    public Arguments arguments(Payload payload) {
        return codec.arguments(payload);
    }

    // ---- Requests with their answers.

    /** Joins as an anonymous client with all roles and no feature. */
    public Welcome join(String realm) {
        return join(realm, PLAIN);
    }

    /** Joins as an anonymous client. */
    public Welcome join(String realm, Roles roles) {
        send(new Hello(new Uri(realm), HelloDetails.anonymous(roles)));
        return expectWelcome();
    }

    /** Returns the next message, which must be {@code WELCOME}; request ids start again at 1. */
    public Welcome expectWelcome() {
        Welcome welcome = expect(Welcome.class);
        session = welcome.session();
        requestIds = new RequestIds();
        return welcome;
    }

    /** Sends {@code GOODBYE} and expects the router's {@code GOODBYE}. The transport stays open. */
    public Goodbye leave() {
        send(new Goodbye(CloseDetails.NONE, WampError.CLOSE_REALM.uri()));
        session = 0;
        return expect(Goodbye.class);
    }

    /** Answers a {@code GOODBYE} of the router. The session has ended then, but the transport stays open. */
    public void answerGoodbye() {
        send(new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri()));
        session = 0;
    }

    /** Subscribes; returns the subscription id. */
    public long subscribe(String topic) {
        long request = nextRequest();
        send(new Subscribe(request, SubscribeMessageOptions.DEFAULT, new Uri(topic)));
        Subscribed subscribed = expect(Subscribed.class);
        check(subscribed.request() == request, "SUBSCRIBED has another request id");
        return subscribed.subscription();
    }

    /** Registers; returns the registration id. */
    public long register(String procedure) {
        long request = nextRequest();
        send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri(procedure)));
        Registered registered = expect(Registered.class);
        check(registered.request() == request, "REGISTERED has another request id");
        return registered.registration();
    }

    /** Publishes with acknowledgement; returns the publication id. */
    public long publish(String topic, @Nullable Object... positional) {
        long request = nextRequest();
        send(new Publish(request, PublishMessageOptions.ACKNOWLEDGE, new Uri(topic), payload(positional)));
        Published published = expect(Published.class);
        check(published.request() == request, "PUBLISHED has another request id");
        return published.publication();
    }

    /** Publishes without acknowledgement. */
    public void publishUnacknowledged(String topic, @Nullable Object... positional) {
        send(new Publish(nextRequest(), PublishMessageOptions.DEFAULT, new Uri(topic), payload(positional)));
    }

    /** Sends a call; returns the request id. */
    public long call(String procedure, @Nullable Object... positional) {
        long request = nextRequest();
        send(new Call(request, CallMessageOptions.DEFAULT, new Uri(procedure), payload(positional)));
        return request;
    }

    /** Sends the result of an invocation. */
    public void answer(Invocation invocation, @Nullable Object... positional) {
        send(new Yield(invocation.request(), ResultDetails.FINAL, payload(positional)));
    }

    /** Returns the positional arguments of the next message, which must be an event of {@code subscription}. */
    public List<@Nullable Object> expectEvent(long subscription) {
        Event event = expect(Event.class);
        check(event.subscription() == subscription, "EVENT of another subscription");
        return arguments(event.payload()).positional();
    }

    // ---- State.

    /** The session id, or 0 without a session. */
    public long session() {
        return session;
    }

    /** The serializer of the client's transport. */
    public Serializer serializer() {
        return transport.serializer();
    }

    /** The transport of the client. */
    public ClientTransport transport() {
        return transport;
    }

    /** Ends the transport without {@code GOODBYE} and without close frame. */
    public void cut() {
        session = 0;
        closed = true;
        transport.cut();
    }

    /** Leaves the realm if there is a session, closes the transport, and fails the test if a message was not read. */
    @Override
    public void close() {
        if (session != 0 && !closed) {
            leave();
        }
        ReceivedItem rest = closed ? null : transport.receive(0);
        transport.close();
        closed = true;
        if (rest instanceof ReceivedItem.Message message) {
            throw new AssertionError("the test did not read " + describe(message));
        }
    }

    private FromRouter next(String wanted) {
        byte[] bytes = nextBytes(wanted);
        FromRouter message = codec.decode(bytes);
        if (message instanceof Abort) {
            session = 0;
        }
        return message;
    }

    private byte[] nextBytes(String wanted) {
        ReceivedItem received = received(wanted);
        if (received instanceof ReceivedItem.Message message) {
            return message.bytes();
        }
        throw new AssertionError("expected " + wanted + ", got " + received);
    }

    private ReceivedItem received(String wanted) {
        check(!closed, "expected " + wanted + " from a transport that has ended");
        ReceivedItem received = transport.receive(PATIENCE_MILLIS);
        if (received == null) {
            throw new AssertionError("expected " + wanted + ", nothing came");
        }
        if (received instanceof ReceivedItem.Closed) {
            session = 0;
            closed = true;
        }
        return received;
    }

    private String describe(ReceivedItem.Message message) {
        return codec.decodeList(message.bytes()).toString();
    }

    private String describe(FromRouter message) {
        return codec.decodeList(codec.encode(message)).toString();
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new AssertionError(problem);
        }
    }
}
