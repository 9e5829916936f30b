package io.junctor.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.junctor.client.engine.Backoff;
import io.junctor.client.engine.Connector;
import io.junctor.client.engine.Settings;
import io.junctor.client.engine.SystemTimers;
import io.junctor.client.engine.Timers;
import io.junctor.client.engine.Transport;
import io.junctor.client.websocket.WebSocketConnector;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Set up by one thread, then safe for use by many. Joins realms of a WAMP router over WebSocket.
 *
 * <pre>{@code
 * try (Session session = Client.connect("ws://127.0.0.1:8080/ws").realm("realm1").join()) {
 *     session.subscribe("plant.line1.temperature", event -> show(event.argument(0, Double.class)));
 *     session.register("shop.order.create", invocation -> shop.create(invocation.argument(0, Order.class)));
 *     Receipt receipt = session.call("shop.order.create", new Order("tea", 3)).as(Receipt.class);
 * }
 * }</pre>
 *
 * <p>On {@code wss} the router's certificate and host name are always checked. Everything that waits has a timeout.
 */
public final class Client {
    private static final int BACKLOG_BYTES_A_MESSAGE = 4096;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Function<Client, Connector> connector;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Supplier<Timers> timers = SystemTimers::new;
    private Uri realm = new Uri("realm1");
    private Authentication authentication = Authentication.anonymous();
    private List<Serializer> serializers = List.of(Serializer.MSGPACK, Serializer.CBOR, Serializer.JSON);
    private ObjectMapper mapper = Conversion.defaultMapper();
    private List<PayloadCodec> payloadCodecs = List.of();
    private @Nullable SSLContext tls;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration joinTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private @Nullable Duration callTimeout;
    private Duration closeTimeout = Duration.ofSeconds(5);
    private Duration pingInterval = Duration.ofSeconds(20);
    private int maxMessageBytes = 1 << 20;
    private int sendBufferBytes = 1 << 20;
    private int handlerBacklog = 8192;

    private Client(Function<Client, Connector> connector) {
        this.connector = connector;
    }

    /**
     * A client of the router at {@code uri}, such as {@code ws://127.0.0.1:8080/ws}; nothing is opened before {@link #join}.
     *
     * @throws IllegalArgumentException if that is no {@code ws} or {@code wss} URI with a host
     */
    public static Client connect(String uri) {
        URI address = URI.create(uri);
        String scheme = address.getScheme();
        boolean webSocket = "ws".equalsIgnoreCase(scheme) || "wss".equalsIgnoreCase(scheme);
        if (!webSocket || address.getHost() == null) {
            throw new IllegalArgumentException("'" + uri + "' is no ws:// or wss:// URI with a host");
        }
        return new Client(client -> client.webSocket(address));
    }

    /** A client over any transport and clock. */
    static Client over(Connector connector, Supplier<Timers> timers) {
        Client client = new Client(same -> connector);
        client.timers = timers;
        return client;
    }

    /** The realm to join; {@code realm1} by default. */
    public Client realm(String name) {
        if (!UriRules.LOOSE.isUri(new Uri(name))) {
            throw new IllegalArgumentException("realm '" + name + "' is not a URI");
        }
        realm = new Uri(name);
        return this;
    }

    /** How to prove who this client is; {@link Authentication#anonymous} by default. */
    public Client authentication(Authentication proof) {
        authentication = proof;
        return this;
    }

    /** The serializers to offer, the favourite first; MessagePack, CBOR, JSON by default. The router chooses. */
    public Client serializers(Serializer... favouriteFirst) {
        if (favouriteFirst.length == 0) {
            throw new IllegalArgumentException("at least one serializer must be offered");
        }
        serializers = List.of(favouriteFirst);
        return this;
    }

    /**
     * How objects become values and back. By default modules on the class path are used, unknown properties are ignored, and
     * neither numbers with a fraction become integers nor strings numbers.
     */
    public Client mapper(ObjectMapper given) {
        mapper = given;
        return this;
    }

    /**
     * Codecs that open the payloads which the router does not read, each those of its scheme, and seal them: the first one where
     * {@link PublishOptions#sealed()} and {@link CallOptions#sealed()} name no scheme. None by default.
     */
    public Client payloadCodecs(PayloadCodec... firstSeals) {
        payloadCodecs = List.of(firstSeals);
        return this;
    }

    /** What to trust, and which certificate to show, on {@code wss}; the JDK's default trust store otherwise. */
    public Client tls(SSLContext context) {
        tls = context;
        return this;
    }

    /** A further HTTP header of the opening handshake, such as {@code Origin}. */
    public Client header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** From the start to the open WebSocket; 10 s by default. */
    public Client connectTimeout(Duration timeout) {
        connectTimeout = positive(timeout, "connectTimeout");
        return this;
    }

    /** From the open WebSocket to the router's {@code WELCOME}; 10 s by default. */
    public Client joinTimeout(Duration timeout) {
        joinTimeout = positive(timeout, "joinTimeout");
        return this;
    }

    /** From a request to its answer; 30 s by default. Calls may bring their own. */
    public Client requestTimeout(Duration timeout) {
        requestTimeout = positive(timeout, "requestTimeout");
        return this;
    }

    /**
     * The timeout of calls that bring none, which the router is told: {@link CallOptions#timeout}. By default the request timeout
     * holds for calls too, and the router is not told.
     */
    public Client callTimeout(Duration timeout) {
        callTimeout = positive(timeout, "callTimeout");
        return this;
    }

    /** From {@code GOODBYE} to the router's answer, and again for running handlers; 5 s by default. */
    public Client closeTimeout(Duration timeout) {
        closeTimeout = positive(timeout, "closeTimeout");
        return this;
    }

    /** Between pings; 20 s by default. The router is taken for dead when nothing arrives for twice that time. */
    public Client pingInterval(Duration interval) {
        pingInterval = positive(interval, "pingInterval");
        return this;
    }

    /** The largest message, in and out; 1 MiB by default. A larger one from the router ends the session. */
    public Client maxMessageBytes(int bytes) {
        maxMessageBytes = positive(bytes, "maxMessageBytes");
        return this;
    }

    /** What may wait to be written before senders wait; 1 MiB by default. */
    public Client sendBufferBytes(int bytes) {
        sendBufferBytes = positive(bytes, "sendBufferBytes");
        return this;
    }

    /**
     * How many events and invocations (and 4 KiB times as many bytes) may wait for handlers before the client stops reading,
     * 8,192 by default; eight times that while answers are awaited. A client that stops reading answers no pings.
     */
    public Client handlerBacklog(int messages) {
        handlerBacklog = positive(messages, "handlerBacklog");
        return this;
    }

    /**
     * Connects, joins the realm and waits for the router's answer.
     *
     * @throws WampException if the router cannot be reached ({@code wamp.error.network_failure}), does not answer in time
     *     ({@code wamp.error.timeout}), or refuses, with the reason it gave
     */
    public Session join() {
        CompletableFuture<Session> joining = joining();
        try {
            return Futures.await(joining);
        } finally {
            joining.cancel(false);
        }
    }

    /** The same without waiting; canceling the future drops the connection. */
    public CompletableFuture<Session> joinAsync() {
        CompletableFuture<Session> joining = joining();
        CompletableFuture<Session> visible = Futures.visible(joining, session -> session);
        var unused = visible.whenComplete((done, failure) -> joining.cancel(false));
        return visible;
    }

    /**
     * Joins, and joins again whenever the session ends or cannot be joined, until closed; {@code handler} sets up each session.
     * Returns at once.
     */
    public Membership stayJoined(JoinHandler handler) {
        Backoff backoff = new Backoff(FIRST_PAUSE.toNanos(), LONGEST_PAUSE.toNanos());
        Membership membership = new Membership(this, handler, timers.get(), backoff);
        membership.attempt();
        return membership;
    }

    private CompletableFuture<Session> joining() {
        Conversion conversion = new Conversion(mapper);
        Joining.Values values = new Joining.Values(conversion, new Sealing(payloadCodecs, conversion));
        return new Joining(realm.text(), this::opening, settings(), callTimeout, values, timers)
                .over(connector.apply(this));
    }

    private Joining.Opening opening(Transport transport) {
        Authentication.Begun begun = authentication.begin(transport);
        HelloDetails details = new HelloDetails(
                Announced.roles(!payloadCodecs.isEmpty()),
                List.of(authentication.method()),
                authentication.authid(),
                authentication.authrole(),
                begun.authextra(),
                "junctor-client",
                Dict.EMPTY);
        return new Joining.Opening(new Hello(realm, details), begun.answerer());
    }

    private Settings settings() {
        return new Settings(
                joinTimeout.toNanos(),
                requestTimeout.toNanos(),
                closeTimeout.toNanos(),
                pingInterval.toNanos(),
                maxMessageBytes,
                sendBufferBytes,
                handlerBacklog,
                (long) handlerBacklog * BACKLOG_BYTES_A_MESSAGE);
    }

    private Connector webSocket(URI uri) {
        return new WebSocketConnector(
                new WebSocketConnector.Address(uri, tls, Map.copyOf(headers)),
                serializers,
                connectTimeout,
                maxMessageBytes);
    }

    static Duration positive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + duration);
        }
        return duration;
    }

    private static int positive(int number, String name) {
        if (number <= 0) {
            throw new IllegalArgumentException(name + " must be positive, not " + number);
        }
        return number;
    }
}
