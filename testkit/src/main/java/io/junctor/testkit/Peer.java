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
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.options.ResultDetails;
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
 * Used by one thread. A scripted client: it says what the test tells it to, typed or as raw bytes, and fails the test when
 * something else comes than the test expects. What nobody read fails the test in {@link #close}.
 */
public final class Peer implements AutoCloseable {
    /** All client roles, no feature. */
    public static final Roles PLAIN =
            new Roles(Role.CLIENT.stream().collect(Collectors.toMap(role -> role, role -> Set.of())));

    private static final long PATIENCE_MILLIS = 10_000;

    private final Link link;
    private final Wording wording;
    private RequestIds requestIds = new RequestIds();
    private long session;
    private boolean closed;

    /** A client at the end of {@code link}. */
    public Peer(Link link) {
        this.link = link;
        this.wording = new Wording(link.serializer());
    }

    // ---- What it says.

    /** Sends a message. */
    public Peer send(FromClient message) {
        link.send(wording.encode(message));
        return this;
    }

    /** Sends a list of any values, message or not. */
    public Peer sendList(@Nullable Object... elements) {
        return sendBytes(encodeList(elements));
    }

    /** Sends bytes as one message. */
    public Peer sendBytes(byte[] message) {
        link.send(message);
        return this;
    }

    /** A list of any values in this peer's serialization. */
    public byte[] encodeList(@Nullable Object... elements) {
        return wording.encodeList(Arrays.asList(elements));
    }

    /** The list that a message is, from its bytes. */
    public List<@Nullable Object> decodeList(byte[] message) {
        return wording.decodeList(message);
    }

    /** A message in this peer's serialization. */
    public byte[] encode(FromClient message) {
        return wording.encode(message);
    }

    /** Positional arguments. */
    public Payload payload(@Nullable Object... positional) {
        return wording.payload(Arrays.asList(positional));
    }

    /** Positional and keyword arguments. */
    public Payload payload(
            List<? extends @Nullable Object> positional, Map<String, ? extends @Nullable Object> keywords) {
        return wording.payload(new Arguments(List.copyOf(positional), Map.copyOf(keywords)));
    }

    /** The id of the next request; it counts as used. */
    public long nextRequest() {
        return requestIds.next();
    }

    // ---- What it expects.

    /** The next message, which must be a {@code type}. */
    public <T extends FromRouter> T expect(Class<T> type) {
        FromRouter message = next(type.getSimpleName());
        if (!type.isInstance(message)) {
            throw new AssertionError("expected " + type.getSimpleName() + ", got " + describe(message));
        }
        return type.cast(message);
    }

    /** The next message as the list it is on the wire. */
    public List<@Nullable Object> expectList() {
        return wording.decodeList(nextBytes("a message"));
    }

    /** The next message as it is on the wire. */
    public byte[] expectBytes() {
        return nextBytes("a message");
    }

    /** The next message, which must be the failure of a request. */
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

    /** The next message, which must be an {@code ABORT}; the session is over. */
    public Abort expectAbort(WampError reason) {
        Abort abort = expect(Abort.class);
        session = 0;
        if (!abort.reason().equals(reason.uri())) {
            throw new AssertionError("expected ABORT with " + reason.uri() + ", got " + describe(abort));
        }
        return abort;
    }

    /** An {@code ABORT} for a protocol violation, then the end of the transport. */
    public Abort expectViolation() {
        Abort abort = expectAbort(WampError.PROTOCOL_VIOLATION);
        expectClosed();
        return abort;
    }

    /** The end of the transport; no message before it. Returns the close code. */
    public int expectClosed() {
        Arrival arrival = arrival("the end of the transport");
        if (arrival instanceof Arrival.Message message) {
            throw new AssertionError("expected the end of the transport, got " + describe(message));
        }
        return ((Arrival.Closed) arrival).code();
    }

    /** The result of a call. */
    public Result expectResult(long request) {
        Result result = expect(Result.class);
        if (result.request() != request) {
            throw new AssertionError("expected the result of " + request + ", got " + describe(result));
        }
        return result;
    }

    /**
     * Everything the router had for this peer was read: a request goes there and back, and nothing comes before its answer. Needs
     * a session.
     */
    public void expectNothing() {
        long request = nextRequest();
        send(new Unsubscribe(request, 1));
        expectError(Unsubscribe.CODE, request, WampError.NO_SUCH_SUBSCRIPTION);
    }

    /** A payload's values. */
    public Arguments arguments(Payload payload) {
        return wording.arguments(payload);
    }

    // ---- Whole exchanges.

    /** Joins as an anonymous client with all roles and no feature. */
    public Welcome join(String realm) {
        return join(realm, PLAIN);
    }

    /** Joins as an anonymous client. */
    public Welcome join(String realm, Roles roles) {
        send(new Hello(new Uri(realm), HelloDetails.anonymous(roles)));
        return expectWelcome();
    }

    /** The answer to {@code HELLO}; request ids start again at 1. */
    public Welcome expectWelcome() {
        Welcome welcome = expect(Welcome.class);
        session = welcome.session();
        requestIds = new RequestIds();
        return welcome;
    }

    /** Leaves, and reads the router's answer; the transport stays open. */
    public Goodbye leave() {
        send(new Goodbye(CloseDetails.NONE, WampError.CLOSE_REALM.uri()));
        session = 0;
        return expect(Goodbye.class);
    }

    /** Answers a goodbye that the router said first; the session is over, the transport stays open. */
    public void answerGoodbye() {
        send(new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri()));
        session = 0;
    }

    /** Subscribes; returns the subscription. */
    public long subscribe(String topic) {
        long request = nextRequest();
        send(new Subscribe(request, SubscribeMessageOptions.DEFAULT, new Uri(topic)));
        Subscribed subscribed = expect(Subscribed.class);
        check(subscribed.request() == request, "SUBSCRIBED has another request id");
        return subscribed.subscription();
    }

    /** Registers; returns the registration. */
    public long register(String procedure) {
        long request = nextRequest();
        send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri(procedure)));
        Registered registered = expect(Registered.class);
        check(registered.request() == request, "REGISTERED has another request id");
        return registered.registration();
    }

    /** Publishes with acknowledgement; returns the publication. */
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

    /** Calls; returns the request. */
    public long call(String procedure, @Nullable Object... positional) {
        long request = nextRequest();
        send(new Call(request, CallMessageOptions.DEFAULT, new Uri(procedure), payload(positional)));
        return request;
    }

    /** Answers an invocation. */
    public void answer(Invocation invocation, @Nullable Object... positional) {
        send(new Yield(invocation.request(), ResultDetails.FINAL, payload(positional)));
    }

    /** The positional arguments of the next message, which must be an event of {@code subscription}. */
    public List<@Nullable Object> expectEvent(long subscription) {
        Event event = expect(Event.class);
        check(event.subscription() == subscription, "EVENT of another subscription");
        return arguments(event.payload()).positional();
    }

    // ---- What it is.

    /** The session id, 0 while there is none. */
    public long session() {
        return session;
    }

    /** The serialization it speaks. */
    public Serializer serializer() {
        return link.serializer();
    }

    /** The transport under it. */
    public Link link() {
        return link;
    }

    /** Loses the transport without a word. */
    public void cut() {
        session = 0;
        closed = true;
        link.cut();
    }

    /** Leaves if it is joined, closes the transport, and fails if a message was not read. */
    @Override
    public void close() {
        if (session != 0 && !closed) {
            leave();
        }
        Arrival rest = closed ? null : link.receive(0);
        link.close();
        closed = true;
        if (rest instanceof Arrival.Message message) {
            throw new AssertionError("nobody read " + describe(message));
        }
    }

    private FromRouter next(String wanted) {
        byte[] bytes = nextBytes(wanted);
        FromRouter message = wording.decode(bytes);
        if (message instanceof Abort) {
            session = 0;
        }
        return message;
    }

    private byte[] nextBytes(String wanted) {
        Arrival arrival = arrival(wanted);
        if (arrival instanceof Arrival.Message message) {
            return message.bytes();
        }
        throw new AssertionError("expected " + wanted + ", got " + arrival);
    }

    private Arrival arrival(String wanted) {
        check(!closed, "expected " + wanted + " from a transport that has ended");
        Arrival arrival = link.receive(PATIENCE_MILLIS);
        if (arrival == null) {
            throw new AssertionError("expected " + wanted + ", nothing came");
        }
        if (arrival instanceof Arrival.Closed) {
            session = 0;
            closed = true;
        }
        return arrival;
    }

    private String describe(Arrival.Message message) {
        return wording.decodeList(message.bytes()).toString();
    }

    private String describe(FromRouter message) {
        return wording.decodeList(wording.encode(message)).toString();
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new AssertionError(problem);
        }
    }
}
