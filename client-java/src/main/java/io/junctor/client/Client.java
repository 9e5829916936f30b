package io.junctor.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.junctor.client.auth.Authentication;
import io.junctor.client.internal.ClientFeatures;
import io.junctor.client.internal.Connector;
import io.junctor.client.internal.LoginMethod;
import io.junctor.client.internal.PositiveCheck;
import io.junctor.client.internal.SystemTimers;
import io.junctor.client.internal.Timers;
import io.junctor.client.internal.Transport;
import io.junctor.client.internal.engine.SessionLimits;
import io.junctor.client.internal.http.HttpProxySelector;
import io.junctor.client.internal.http.HttpSettings;
import io.junctor.client.internal.http.ProxyAddress;
import io.junctor.client.internal.rawsocket.RawSocketSettings;
import io.junctor.client.internal.session.JoinAttempt;
import io.junctor.client.internal.session.JoinRound;
import io.junctor.client.internal.session.RouterConnector;
import io.junctor.wamp.inprocess.InProcessRouter;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.options.HelloDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a WAMP client: its routers, its realm, its identity and its limits. Joins sessions.
 *
 * <p>Immutable and thread-safe. Building a client opens no connection; {@link #join} does.
 *
 * <pre>{@code
 * Client client = Client.builder("ws://127.0.0.1:8080/ws").realm("realm1").build();
 * try (Session session = client.join()) {
 *     session.subscribe("plant.line1.temperature", event -> show(event.argument(0, Double.class)));
 *     session.register("shop.order.create", invocation -> shop.create(invocation.argument(0, Order.class)));
 *     Receipt receipt = session.call("shop.order.create", new Order("tea", 3)).as(Receipt.class);
 * }
 * }</pre>
 *
 * <p>If the defaults are enough, {@link Session#join(String, String)} is shorter.
 */
public final class Client {
    private static final int BACKLOG_BYTES_PER_MESSAGE = 4096;

    private final List<JoinRound.RouterToJoin> routers;
    private final Supplier<Timers> timers;
    private final Uri realm;
    private final LoginMethod login;
    private final PayloadCodecs payloadCodecs;
    private final SessionLimits settings;
    private final AsyncSession.SessionOpener opener;

    private Client(Builder builder, List<JoinRound.RouterToJoin> routers, Supplier<Timers> timers) {
        this.routers = routers;
        this.timers = timers;
        this.realm = builder.realm;
        this.login = builder.authentication.loginMethod();
        ValueConverter converter = new ValueConverter(builder.mapper);
        this.payloadCodecs = new PayloadCodecs(builder.payloadCodecs, converter);
        this.settings = builder.settings();
        this.opener = new AsyncSession.SessionOpener(
                realm.text(), converter, payloadCodecs, settings.requestTimeoutNanos(), builder.callTimeout);
    }

    /**
     * Begins the configuration of a client of the router at {@code uri}, such as {@code ws://127.0.0.1:8080/ws}. The
     * schemes are {@code ws}, {@code wss} and {@code ws+unix} for WebSocket, {@code http} and {@code https} for long-poll in networks
     * that block WebSockets, {@code tcp}, {@code tls} and {@code unix} for RawSocket: {@code tcp://127.0.0.1:8080},
     * {@code unix:/run/junctor.sock}. The URI of a WebSocket over a Unix domain socket is {@code ws+unix:/run/junctor.sock:/ws}.
     *
     * <p>If several routers serve the realm, {@code others} are the URIs to try, in this order, when the first router cannot be joined.
     *
     * @throws IllegalArgumentException if a URI has another scheme, no host or path, or no valid port
     */
    public static Builder builder(String uri, String... others) {
        return new Builder(RouterConnector.at(uri, others));
    }

    /**
     * Begins the configuration of a client of a router in the same process, such as the {@code Router} of an embedding program. The
     * client needs no socket. It uses the first of its serializers for all messages. Headers, TLS, proxies and the
     * connect timeout have no effect.
     */
    public static Builder builder(InProcessRouter router) {
        return new Builder(List.of(RouterConnector.to(router)));
    }

    /**
     * Connects, joins the realm and waits for the router's answer. If there are several routers, tries them in their order
     * until it has joined one, or until a router refuses for a reason that is the same at all routers, such as an unknown realm.
     *
     * @throws WampException with {@code wamp.error.network_failure} if the router cannot be reached, with
     *     {@code wamp.error.timeout} if it does not answer in time, or with the router's reason if it refuses; if there are several
     *     routers, with the error of the last one, and with a text that contains the URI and the error of each router that was tried
     */
    public Session join() {
        CompletableFuture<Session> joining = round().join();
        try {
            return Futures.await(joining);
        } finally {
            joining.cancel(false);
        }
    }

    /** Joins like {@link #join} but returns at once. Canceling the future drops the connection. */
    public CompletableFuture<Session> joinAsync() {
        return joinAsync(round());
    }

    private static CompletableFuture<Session> joinAsync(JoinRound<Session> round) {
        CompletableFuture<Session> joining = round.join();
        CompletableFuture<Session> visible = Futures.visible(joining, session -> session);
        var unused = visible.whenComplete((done, failure) -> joining.cancel(false));
        return visible;
    }

    /**
     * Joins now, and joins again whenever the session ends or cannot be joined, until the membership is closed. Returns
     * at once. {@code handler} sets up each session, for example with subscriptions and registrations.
     */
    public Membership stayJoined(JoinHandler handler) {
        Duration waitLimit = Duration.ofNanos(settings.requestTimeoutNanos());
        JoinRound<Session> round = round();
        Membership membership = new Membership(() -> joinAsync(round), handler, timers.get(), waitLimit);
        membership.attempt();
        return membership;
    }

    private JoinRound<Session> round() {
        return new JoinRound<>(routers, new JoinAttempt<>(this::opening, settings, payloadCodecs, timers, opener));
    }

    private JoinAttempt.JoinRequest opening(Transport transport) {
        LoginMethod.Login begun = login.begin(transport);
        HelloDetails details = new HelloDetails(
                ClientFeatures.roles(!payloadCodecs.isEmpty()),
                List.of(login.method()),
                login.authid(),
                login.authrole(),
                begun.authextra(),
                "junctor-client",
                Dict.EMPTY);
        return new JoinAttempt.JoinRequest(new Hello(realm, details), begun.responder());
    }

    /**
     * Collects the settings of a {@link Client}. Not thread-safe. Each setting has a default except the router's
     * address.
     */
    public static final class Builder {
        private final List<RouterConnector> routers;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private Uri realm = new Uri("realm1");
        private Authentication authentication = Authentication.anonymous();
        private List<Serializer> serializers = List.of(Serializer.MSGPACK, Serializer.CBOR, Serializer.JSON);
        private @Nullable ObjectMapper mapper;
        private List<PayloadCodec> payloadCodecs = List.of();
        private @Nullable SSLContext tls;
        private HttpProxySelector proxy = ProxyAddress::ofSystem;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration joinTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofSeconds(30);
        private @Nullable Duration callTimeout;
        private Duration closeTimeout = Duration.ofSeconds(5);
        private Duration pingInterval = Duration.ofSeconds(20);
        private int maxMessageBytes = 1 << 20;
        private int sendBufferBytes = 1 << 20;
        private int handlerBacklog = 8192;
        private boolean compression;
        private boolean batches;

        private Builder(List<RouterConnector> routers) {
            this.routers = routers;
        }

        /** The realm to join. Default: {@code realm1}. */
        public Builder realm(String name) {
            if (!UriRules.LOOSE.isUri(new Uri(name))) {
                throw new IllegalArgumentException("realm '" + name + "' is not a URI");
            }
            realm = new Uri(name);
            return this;
        }

        /** The method by which the client authenticates. Default: {@link Authentication#anonymous}. */
        public Builder authentication(Authentication method) {
            authentication = method;
            return this;
        }

        /** The serializers to offer, the preferred one first. Default: MessagePack, CBOR, JSON. The router chooses. */
        public Builder serializers(Serializer... preferredFirst) {
            if (preferredFirst.length == 0) {
                throw new IllegalArgumentException("at least one serializer must be offered");
            }
            serializers = List.of(preferredFirst);
            return this;
        }

        /**
         * The Jackson mapper that converts objects to WAMP values and back. Default: a mapper that reads and writes
         * {@code Optional} and {@code java.time}, uses the Jackson modules on the class path and ignores unknown
         * properties.
         */
        public Builder mapper(ObjectMapper given) {
            mapper = given;
            return this;
        }

        /**
         * Codecs for payloads that the router cannot read, at most one per scheme. The first codec is used if
         * {@link PublishOptions#sealed()} or {@link CallOptions#sealed()} names no scheme. Default: none.
         */
        public Builder payloadCodecs(PayloadCodec... firstIsDefault) {
            payloadCodecs = List.of(firstIsDefault);
            return this;
        }

        /**
         * The trusted certificates, and the client's own certificate, for {@code wss}, {@code https} and {@code tls}; see
         * {@link io.junctor.client.auth.SslContextBuilder}. Default: the JDK's trust store. The router's certificate
         * and host name are always checked.
         */
        public Builder tls(SSLContext context) {
            tls = context;
            return this;
        }

        /** Adds an HTTP header, such as {@code Origin}, to the WebSocket handshake or to each request of long-poll. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /**
         * Connects through this HTTP proxy, by {@code CONNECT}. Default: the proxy of the system properties
         * {@code https.proxyHost} for {@code wss}, {@code https} and {@code tls}, {@code http.proxyHost} for {@code ws},
         * {@code http} and {@code tcp}, with {@code proxyPort}, {@code proxyUser} and {@code proxyPassword} of the same prefix,
         * except for the hosts of {@code http.nonProxyHosts}.
         */
        public Builder proxy(String host, int port) {
            return through(new ProxyAddress(host, PositiveCheck.check(port, "port"), null, null));
        }

        /** Connects through this HTTP proxy and logs in to it with a name and a password (Basic authentication). */
        public Builder proxy(String host, int port, String user, String password) {
            return through(new ProxyAddress(host, PositiveCheck.check(port, "port"), user, password));
        }

        /** Connects directly, whatever the system properties say. */
        public Builder noProxy() {
            proxy = HttpProxySelector.NONE;
            return this;
        }

        private Builder through(ProxyAddress given) {
            proxy = (secure, host, port) -> given;
            return this;
        }

        /**
         * The limit for opening the connection: name lookup, TCP, proxy, TLS and handshake together. Default: 10 s.
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = PositiveCheck.check(timeout, "connectTimeout");
            return this;
        }

        /** The limit from the open WebSocket to the router's {@code WELCOME}. Default: 10 s. */
        public Builder joinTimeout(Duration timeout) {
            joinTimeout = PositiveCheck.check(timeout, "joinTimeout");
            return this;
        }

        /** The limit from a request to its answer. Default: 30 s. A call can have a different limit. */
        public Builder requestTimeout(Duration timeout) {
            requestTimeout = PositiveCheck.check(timeout, "requestTimeout");
            return this;
        }

        /**
         * The timeout of calls without {@link CallOptions#timeout}, which is also sent to the router. Default: none; then the
         * request timeout applies to calls, and no timeout is sent to the router.
         */
        public Builder callTimeout(Duration timeout) {
            callTimeout = PositiveCheck.check(timeout, "callTimeout");
            return this;
        }

        /** The limit from {@code GOODBYE} to the router's answer, and the limit for handlers that still run then. Default: 5 s. */
        public Builder closeTimeout(Duration timeout) {
            closeTimeout = PositiveCheck.check(timeout, "closeTimeout");
            return this;
        }

        /**
         * The time between two pings. Default: 20 s. If nothing arrives on a connection for twice this time, the connection is
         * treated as lost, and the session ends.
         */
        public Builder pingInterval(Duration interval) {
            pingInterval = PositiveCheck.check(interval, "pingInterval");
            return this;
        }

        /** The largest message in either direction. Default: 1 MiB. A larger message from the router ends the session. */
        public Builder maxMessageBytes(int bytes) {
            maxMessageBytes = PositiveCheck.check(bytes, "maxMessageBytes");
            return this;
        }

        /** The size of the send buffer. Default: 1 MiB. Methods that send wait while the buffer is full. */
        public Builder sendBufferBytes(int bytes) {
            sendBufferBytes = PositiveCheck.check(bytes, "sendBufferBytes");
            return this;
        }

        /**
         * The most events and invocations that may wait for handlers before the client stops reading. Default: 8,192. Together,
         * they may take at most 4 KiB times this number. While the client waits for answers, both limits are eight times as
         * high. While the client does not read, it does not answer pings either.
         */
        public Builder handlerBacklog(int messages) {
            handlerBacklog = PositiveCheck.check(messages, "handlerBacklog");
            return this;
        }

        /**
         * Whether messages over WebSockets are compressed (permessage-deflate, RFC 7692) if the router agrees. Default: false, because
         * compression costs time, and because the size of a compressed message can reveal a secret in it to the author of its other parts.
         */
        public Builder compression(boolean on) {
            compression = on;
            return this;
        }

        /**
         * Whether several waiting messages are sent as one WebSocket message ({@code wamp.2.json.batched} and others) if the router
         * agrees. Default: false. Long-poll always sends batches.
         */
        public Builder batches(boolean on) {
            batches = on;
            return this;
        }

        /** Returns the client. The builder can be changed and used again afterwards. */
        public Client build() {
            return over(RouterConnector.with(this::http, this::rawSocket, routers), SystemTimers::new);
        }

        private HttpSettings http() {
            return new HttpSettings(
                    tls,
                    Map.copyOf(headers),
                    serializers,
                    proxy,
                    connectTimeout,
                    maxMessageBytes,
                    compression,
                    batches);
        }

        private RawSocketSettings rawSocket() {
            return new RawSocketSettings(tls, serializers, proxy, connectTimeout, maxMessageBytes);
        }

        /** Returns a client that uses the given transport and clock. */
        Client over(Connector connector, Supplier<Timers> timers) {
            return over(List.of(new JoinRound.RouterToJoin("the router", connector)), timers);
        }

        /** Returns a client that uses the given transports and clock. */
        Client over(List<JoinRound.RouterToJoin> given, Supplier<Timers> timers) {
            return new Client(this, given, timers);
        }

        private SessionLimits settings() {
            return new SessionLimits(
                    joinTimeout.toNanos(),
                    requestTimeout.toNanos(),
                    closeTimeout.toNanos(),
                    pingInterval.toNanos(),
                    maxMessageBytes,
                    sendBufferBytes,
                    handlerBacklog,
                    (long) handlerBacklog * BACKLOG_BYTES_PER_MESSAGE);
        }
    }
}
