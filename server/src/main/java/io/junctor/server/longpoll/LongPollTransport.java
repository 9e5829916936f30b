package io.junctor.server.longpoll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.WebSocketPath;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.metrics.Transport;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.Http1ConnectionFactory;
import io.junctor.server.connector.OpeningRequest;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.http.ClientAdmission;
import io.junctor.server.http.ClientAdmission.Refusal;
import io.junctor.server.http.CorsHeaders;
import io.junctor.server.http.PlainTextResponse;
import io.junctor.server.tls.TlsConnection;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of the HTTP long-poll transport (section "HTTP Longpoll Transport"): {@code open}, and for each open
 * connection {@code send}, {@code receive}, {@code close} and, beyond the specification, {@code events}, a stream of the messages for
 * {@code EventSource}. Thread-safe.
 */
public final class LongPollTransport {
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField NO_SNIFF = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int OPEN_BYTES = 1 << 12;
    private static final int ID_BYTES = 18;
    /** The read buffer of requests that poll; they consist of a header only. */
    private static final int POLL_BUFFER_BYTES = 1 << 10;

    private static final int SEND_BUFFER_BYTES = 1 << 13;
    private static final Pattern REQUEST = Pattern.compile("/open|/[^/]+/(send|receive|events|close)");

    private final WampConnector connector;
    private final ClientAdmission admission;
    private final JoinRestriction joins;
    private final String base;
    private final String protocols;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<String, LongPollConnection> connections = new ConcurrentHashMap<>();
    private final EndedTransports ended = new EndedTransports();

    /** One HTTP request and its response. */
    private record HttpExchange(Request request, Response response, Callback callback) {
        Transport transport() {
            return request.getHttpURI().getPath().endsWith("/events") ? Transport.EVENTSTREAM : Transport.LONGPOLL;
        }

        void answer(int status, String sentence) {
            PlainTextResponse.write(response, callback, status, sentence);
        }
    }

    /** Creates the transport below a WebSocket path, with the same restrictions as that path. */
    public LongPollTransport(WampConnector connector, WebSocketPath path) {
        this.connector = connector;
        this.admission = new ClientAdmission(connector, Transport.LONGPOLL);
        this.joins = connector.config().joins(path);
        this.base = path.path().endsWith("/") ? path.path() : path.path() + "/";
        this.protocols = Subprotocol.namesOf(connector.config().serializers());
    }

    /** Returns the path that all requests begin with; it ends with a slash. */
    public String base() {
        return base;
    }

    /** Returns whether a path belongs to this transport. If {@link #base} is {@code /}, some paths below it belong to other handlers. */
    public boolean serves(String path) {
        return path.startsWith(base)
                && (base.length() > 1 || REQUEST.matcher(path).matches());
    }

    /** Answers a request at once, or a poll when messages arrive. */
    public void answer(Request request, Response response, Callback callback) {
        HttpExchange exchange = new HttpExchange(request, response, callback);
        response.getHeaders().put(NO_STORE).put(NO_SNIFF);
        if (!admission.allowsOrigin(request.getHeaders())) {
            refuse(exchange, admission.refusal(request.getHeaders()));
            return;
        }
        CorsHeaders.allow(request, response);
        String[] names =
                Request.getPathInContext(request).substring(base.length()).split("/", -1);
        if (HttpMethod.OPTIONS.is(request.getMethod())) {
            CorsHeaders.answerPreflight(response, callback);
        } else if (names.length == 1 && names[0].equals("open")) {
            post(exchange, () -> open(exchange));
        } else if (names.length == 2) {
            answer(exchange, names[0], names[1]);
        } else {
            refuse(exchange, HttpStatus.NOT_FOUND_404, "The long-poll transport begins with POST " + base + "open.");
        }
    }

    private void answer(HttpExchange exchange, String id, String action) {
        LongPollConnection connection = connections.get(id);
        if (connection == null) {
            onUnknown(exchange, ended.sentence(id));
            return;
        }
        switch (action) {
            case "send" -> post(exchange, () -> send(exchange, connection));
            case "receive" -> post(exchange, () -> poll(exchange, connection, parameter(exchange, "after")));
            case "events" -> stream(exchange, connection);
            case "close" -> post(exchange, () -> close(exchange, connection));
            default -> refuse(exchange, HttpStatus.NOT_FOUND_404, "There are send, receive, events and close.");
        }
    }

    private void onUnknown(HttpExchange exchange, @Nullable String ended) {
        if (ended == null) {
            refuse(
                    exchange,
                    HttpStatus.NOT_FOUND_404,
                    "This transport does not exist, or it has ended: open another one.");
        } else {
            exchange.answer(HttpStatus.NOT_FOUND_404, ended);
        }
    }

    /** Counts, logs and answers a request that breaks a rule of the transport. */
    private void refuse(HttpExchange exchange, int status, String sentence) {
        connector.invalid(exchange.transport(), exchange.request(), status, sentence);
        exchange.answer(status, sentence);
    }

    private void post(HttpExchange exchange, Runnable action) {
        if (HttpMethod.POST.is(exchange.request().getMethod())) {
            action.run();
        } else {
            exchange.response().getHeaders().put(HttpHeader.ALLOW, "POST");
            refuse(exchange, HttpStatus.METHOD_NOT_ALLOWED_405, "This path answers POST only.");
        }
    }

    // Jetty offers the same method with a promise, which must name the thread that completes it. The callback answers
    // in
    // every case.
    @SuppressWarnings({"removal", "FutureReturnValueIgnored"})
    private void open(HttpExchange exchange) {
        Refusal refusal = admission.refusal(exchange.request().getHeaders());
        if (refusal != null) {
            refuse(exchange, refusal);
            return;
        }
        if (!connector.takeOpening()) {
            refuse(exchange, ClientAdmission.TOO_MANY_IN_A_SECOND);
            return;
        }
        new BodyReader(exchange.request(), OPEN_BYTES, bytes -> {}, new BodyReader.Listener() {
                    @Override
                    public void onBody(byte[] body) {
                        choose(body).ifPresentOrElse(chosen -> open(exchange, chosen), () -> refuseBody(exchange));
                    }

                    @Override
                    public void onTooLarge(int limitBytes) {
                        refuseBody(exchange);
                    }

                    @Override
                    public void onLost() {
                        refuseBody(exchange);
                    }
                })
                .run();
    }

    private void refuseBody(HttpExchange exchange) {
        refuse(
                exchange,
                new Refusal(
                        HttpStatus.BAD_REQUEST_400,
                        "The body must be a JSON object of at most " + OPEN_BYTES
                                + " bytes whose protocols name one of " + protocols + ".",
                        "the body names none of " + protocols));
    }

    /** Returns the first subprotocol in the client's list that the listener supports. */
    private Optional<Subprotocol> choose(byte[] body) {
        List<String> names = new ArrayList<>();
        try {
            JsonNode node = JSON.readTree(body);
            node.path("protocols").forEach(name -> names.add(name.asText()));
        } catch (IOException notJson) {
            return Optional.empty();
        }
        return names.stream()
                .flatMap(name -> Subprotocol.of(name).stream())
                .filter(found -> connector.config().serializers().contains(found.serializer()))
                .findFirst();
    }

    private void open(HttpExchange exchange, Subprotocol subprotocol) {
        Request request = exchange.request();
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        Optional<ClientAddress> client = connector.forwardedHeaders().clientAddress(endPoint, request.getHeaders());
        if (client.isEmpty()) {
            refuse(exchange, ClientAdmission.unknownAddress(request.getHeaders()));
        } else if (!connector.perAddress().acquire(client.get())) {
            refuse(exchange, admission.tooManyOf(client.get()));
        } else {
            String id = newId();
            OpeningRequest opening = OpeningRequest.of(connector, joins, request.getHeaders());
            LongPollConnection connection = new LongPollConnection(
                    connector,
                    opening,
                    client.get(),
                    TlsConnection.clientCertificate(endPoint),
                    subprotocol,
                    sentence -> {
                        ended.add(id, sentence);
                        connections.remove(id);
                        connector.perAddress().release(client.get());
                    });
            connections.put(id, connection);
            connection.open();
            byte[] body = ("{\"protocol\":\"" + subprotocol.name() + "\",\"transport\":\"" + id + "\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            exchange.response().write(true, ByteBuffer.wrap(body), exchange.callback());
        }
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().encodeToString(id);
    }

    private void send(HttpExchange exchange, LongPollConnection connection) {
        keepSocket(exchange);
        Http1ConnectionFactory.readBy(exchange.request(), SEND_BUFFER_BYTES);
        // The request may wait until the router has taken earlier messages. The time to read its body is still
        // limited.
        exchange.request().addIdleTimeoutListener(timeout -> false);
        SendRequest request = new SendRequest(exchange.request(), exchange.response(), exchange.callback());
        if (!connection.send(request)) {
            refuse(
                    exchange,
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "More than " + SendRequestQueue.MAX_REQUESTS + " requests wait: send the next after a response.");
        }
    }

    private void stream(HttpExchange exchange, LongPollConnection connection) {
        if (!HttpMethod.GET.is(exchange.request().getMethod())) {
            exchange.response().getHeaders().put(HttpHeader.ALLOW, "GET");
            refuse(exchange, HttpStatus.METHOD_NOT_ALLOWED_405, "This path answers GET only.");
        } else if (connection.serializer() != Serializer.JSON || connection.batch() != null) {
            refuse(exchange, HttpStatus.BAD_REQUEST_400, "Events are text: open the transport with wamp.2.json.");
        } else {
            keepSocket(exchange);
            String last = exchange.request().getHeaders().get("Last-Event-ID");
            EventStreamPoll stream = new EventStreamPoll(exchange.request(), exchange.response(), exchange.callback());
            wait(exchange, connection, stream, last == null ? parameter(exchange, "after") : last);
        }
    }

    private void poll(HttpExchange exchange, LongPollConnection connection, @Nullable String after) {
        keepSocket(exchange);
        Http1ConnectionFactory.readBy(exchange.request(), POLL_BUFFER_BYTES);
        wait(
                exchange,
                connection,
                new SinglePoll(
                        exchange.request(),
                        exchange.response(),
                        exchange.callback(),
                        connection.serializer(),
                        connection.batch()),
                after);
    }

    private void wait(HttpExchange exchange, LongPollConnection connection, Poll poll, @Nullable String after) {
        exchange.request().addIdleTimeoutListener(timeout -> false);
        exchange.request().addFailureListener(failure -> connection.receiving().lost(poll));
        try {
            if (connection.receiving().poll(poll, after == null ? null : Long.valueOf(after))) {
                return;
            }
            refuse(
                    exchange,
                    HttpStatus.GONE_410,
                    "The messages behind number " + Long.valueOf(after) + " are not kept, or were never sent.");
            connection.end("the client asked for messages that are not kept", CloseStatus.VIOLATION);
        } catch (NumberFormatException notANumber) {
            refuse(
                    exchange,
                    HttpStatus.BAD_REQUEST_400,
                    "The number of the last message received must be a whole number.");
        }
    }

    private static void close(HttpExchange exchange, LongPollConnection connection) {
        exchange.response().setStatus(HttpStatus.NO_CONTENT_204);
        exchange.response().write(true, null, exchange.callback());
        connection.end("the client closed the transport", CloseStatus.NORMAL);
    }

    private void keepSocket(HttpExchange exchange) {
        Request request = exchange.request();
        boolean isKept = connector.requestBegun(request);
        if (!isKept) {
            exchange.response().getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        Request.addCompletionListener(request, failure -> connector.requestEnded(request, isKept));
    }

    private static @Nullable String parameter(HttpExchange exchange, String name) {
        return Request.extractQueryParameters(exchange.request()).getValue(name);
    }

    private void refuse(HttpExchange exchange, @Nullable Refusal refusal) {
        if (refusal != null) {
            admission.refuse(exchange.request(), exchange.response(), exchange.callback(), refusal);
        }
    }
}
