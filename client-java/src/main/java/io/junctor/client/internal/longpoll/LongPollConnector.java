package io.junctor.client.internal.longpoll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.junctor.client.internal.Connector;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.Transport;
import io.junctor.client.internal.VirtualThreads;
import io.junctor.client.internal.http.ConnectProxy;
import io.junctor.client.internal.http.HttpSettings;
import io.junctor.client.internal.http.ProxyAddress;
import io.junctor.client.internal.http.RouterAddress;
import io.junctor.client.internal.http.SharedJettyClient;
import io.junctor.client.internal.http.SharedJettyClient.Lease;
import io.junctor.client.internal.longpoll.PostRequestSender.PostResponse;
import io.junctor.wamp.value.Subprotocol;
import io.junctor.wamp.value.WampError;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens long-poll connections to one router. Thread-safe. It offers each serializer with batches first: then a response contains all
 * waiting messages of the router, and a request all waiting messages of the client.
 */
public final class LongPollConnector implements Connector {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    /** The number of times that a request is repeated if Jetty does not write it into the tunnel of a proxy. */
    private static final int MOST_TUNNELS = 5;
    /** The number of bytes of other messages that a batch contains besides the largest message. */
    private static final int OTHER_MESSAGES_BYTES = 1 << 18;

    private static final int SHOWN_CHARACTERS = 200;

    private final RouterAddress address;
    private final HttpSettings settings;

    /** Creates a connector to the router whose long-poll transport is at {@code address}. */
    public LongPollConnector(RouterAddress address, HttpSettings settings) {
        this.address = address;
        this.settings = settings;
    }

    @Override
    public CompletableFuture<Transport> connect() {
        return connect(MOST_TUNNELS);
    }

    private CompletableFuture<Transport> connect(int attempts) {
        // The first connection starts Jetty's client, which takes some time.
        return CompletableFuture.supplyAsync(this::lease, VirtualThreads.EXECUTOR)
                .thenCompose(this::open)
                .exceptionallyCompose(failure -> attempts > 1 && ConnectProxy.hasNotWritten(failure)
                        ? connect(attempts - 1)
                        : CompletableFuture.failedFuture(failure));
    }

    private Lease lease() {
        try {
            return SharedJettyClient.lease(new SharedJettyClient.ClientSettings(
                    settings.tls(), proxy(), settings.connectTimeout(), null, true));
        } catch (Exception failure) {
            throw failed("Jetty's client cannot be started: " + PostRequestSender.describe(failure), failure);
        }
    }

    private @Nullable ProxyAddress proxy() {
        return settings.proxy().proxyOf(address.secure(), address.host(), address.port());
    }

    private CompletableFuture<Transport> open(Lease lease) {
        PostRequestSender requests = new PostRequestSender(
                address, settings.headers(), lease, settings.messageBytes() + OTHER_MESSAGES_BYTES);
        CompletableFuture<PostResponse> opening;
        try {
            opening = requests.post("open", "", "application/json", offer());
        } catch (RuntimeException failure) {
            opening = CompletableFuture.failedFuture(failure);
        }
        return opening.orTimeout(settings.connectTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .handle((answer, thrown) -> opened(requests, answer, thrown));
    }

    /** Returns the connection, which releases the lease when it closes. If no connection can be made, the lease is released now. */
    private Transport opened(PostRequestSender requests, @Nullable PostResponse answer, @Nullable Throwable thrown) {
        boolean isOpen = false;
        try {
            Transport transport = transport(requests, answer, thrown);
            isOpen = true;
            return transport;
        } finally {
            if (!isOpen) {
                requests.abort();
                requests.release();
            }
        }
    }

    /** Returns the body of the first request. The names of the protocols need no escapes. */
    private byte[] offer() {
        String names = offered().map(protocol -> '"' + protocol.name() + '"').collect(Collectors.joining(","));
        return ("{\"protocols\":[" + names + "]}").getBytes(StandardCharsets.US_ASCII);
    }

    private Stream<Subprotocol> offered() {
        return settings.serializers().stream()
                .flatMap(
                        serializer -> Stream.of(new Subprotocol(serializer, true), new Subprotocol(serializer, false)));
    }

    private Transport transport(PostRequestSender requests, @Nullable PostResponse answer, @Nullable Throwable thrown) {
        if (answer == null) {
            throw failure(thrown);
        }
        if (answer.status() != OK) {
            throw failed(
                    "the server answered HTTP " + answer.status() + address.pathHint() + ": " + shown(answer.body()),
                    null);
        }
        JsonNode opened = opened(answer.body());
        String id = opened.path("transport").asText();
        Subprotocol chosen = Subprotocol.of(opened.path("protocol").asText())
                .filter(protocol -> offered().anyMatch(protocol::equals))
                .orElse(null);
        if (chosen == null || id.isEmpty() || !id.matches("[A-Za-z0-9_.~=-]+")) {
            throw failed("the server does not speak the long-poll transport: " + shown(answer.body()), null);
        }
        return new LongPollTransport(requests, id, chosen, settings.messageBytes());
    }

    private JsonNode opened(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            throw failed("the server does not speak the long-poll transport: " + shown(body), notJson);
        }
    }

    static String shown(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
    }

    private RequestException failure(@Nullable Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        ProxyAddress proxy = proxy();
        String problem = cause == null
                ? "no answer"
                : cause instanceof TimeoutException || cause instanceof SocketTimeoutException
                        ? "no connection within " + settings.connectTimeout().toMillis() + " ms (connect timeout)"
                        : PostRequestSender.describe(cause);
        return failed((proxy == null ? "" : "proxy " + proxy + ": ") + problem, cause);
    }

    private RequestException failed(String problem, @Nullable Throwable cause) {
        return RequestException.of(
                WampError.NETWORK_FAILURE, "cannot connect to " + address.text() + ": " + problem, cause);
    }
}
