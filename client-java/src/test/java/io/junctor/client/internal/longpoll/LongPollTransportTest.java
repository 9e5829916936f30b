package io.junctor.client.internal.longpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.junctor.client.internal.TransportListener;
import io.junctor.client.internal.http.RouterAddress;
import io.junctor.client.internal.http.SharedJettyClient;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A long-poll connection to a server of which the test gives each answer. */
@Timeout(120)
class LongPollTransportTest {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    /** A request that the test answers, or not. */
    private record Request(com.sun.net.httpserver.HttpExchange http, String path, String body) {
        void answer(int status, String text) {
            try {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                http.getResponseBody().write(bytes);
                http.close();
            } catch (IOException e) {
                throw new AssertionError("cannot answer " + path, e);
            }
        }
    }

    /** What the session is told. */
    private static final class Told implements TransportListener {
        final List<String> messages = new CopyOnWriteArrayList<>();
        final List<String> ends = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(byte[] message) {
            messages.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void onPong() {
            // The order of messages does not depend on it.
        }

        @Override
        public void onFault(String problem) {
            ends.add(problem);
        }

        @Override
        public void onClosed(String cause) {
            ends.add(cause);
        }
    }

    private final BlockingQueue<Request> polls = new LinkedBlockingQueue<>();
    private final BlockingQueue<Request> sends = new LinkedBlockingQueue<>();
    private final BlockingQueue<Request> closings = new LinkedBlockingQueue<>();
    private final Told told = new Told();
    private HttpServer server;
    private LongPollTransport transport;

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        take("receive", polls);
        take("send", sends);
        take("close", closings);
        server.start();
        PostRequestSender exchange = new PostRequestSender(
                RouterAddress.parse("http://127.0.0.1:" + server.getAddress().getPort() + "/ws"),
                Map.of(),
                SharedJettyClient.lease(
                        new SharedJettyClient.ClientSettings(null, null, Duration.ofSeconds(30), null, true)),
                1 << 20);
        transport = new LongPollTransport(exchange, "id", new Subprotocol(Serializer.JSON, true), 1 << 16);
        transport.start(told);
    }

    @AfterEach
    void close() {
        server.stop(0);
        transport.drop();
    }

    private void take(String action, BlockingQueue<Request> requests) {
        server.createContext("/ws/id/" + action, http -> {
            String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(http, http.getRequestURI().toString(), body));
        });
    }

    private static Request next(BlockingQueue<Request> requests) throws InterruptedException {
        Request request = requests.poll(30, TimeUnit.SECONDS);
        assertThat(request).as("a request").isNotNull();
        return request;
    }

    private static String batch(int from, int to) {
        return String.join(
                "",
                IntStream.range(from, to)
                        .mapToObj(number -> "[" + number + "]\u001e")
                        .toList());
    }

    @Test
    void messagesOfTwoPollsThatAreAnsweredTogetherKeepTheirOrder() throws Exception {
        int rounds = 300;
        for (int i = 0; i < 3 * rounds; i++) {
            transport.demand();
        }
        for (int round = 0; round < rounds; round++) {
            Request first = next(polls);
            transport.ping();
            Request second = next(polls);
            int from = 3 * round;
            CountDownLatch start = new CountDownLatch(1);
            Thread other = Thread.ofVirtual().start(() -> {
                try {
                    start.await();
                    second.answer(OK, batch(from, from + 3));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            start.countDown();
            first.answer(OK, batch(from, from + 1));
            other.join();
            await().until(() -> told.messages.size() >= from + 3);
        }
        assertThat(told.messages)
                .isEqualTo(IntStream.range(0, 3 * rounds)
                        .mapToObj(number -> "[" + number + "]")
                        .toList());
    }

    @Test
    void nothingIsSentBehindAMessageWhoseRequestWasAborted() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        transport.write(List.of("[1]".getBytes(StandardCharsets.UTF_8)), first::countDown);
        assertThat(next(sends).body()).startsWith("[1]");
        transport.drop();
        first.await();
        transport.write(List.of("[2]".getBytes(StandardCharsets.UTF_8)), second::countDown);
        second.await();
        next(closings).answer(NO_CONTENT, "");
        assertThat(sends).isEmpty();
        assertThat(told.ends).containsExactly("dropped");
    }

    @Test
    void theFirstRequestThatFailsGivesTheOnlyReason() throws Exception {
        transport.demand();
        Request poll = next(polls);
        CountDownLatch written = new CountDownLatch(1);
        transport.write(List.of("[1]".getBytes(StandardCharsets.UTF_8)), written::countDown);
        next(sends).answer(NOT_FOUND, "The router closed this transport with code 1008.");
        await().until(() -> !told.ends.isEmpty());
        poll.answer(NOT_FOUND, "This transport does not exist.");
        written.await();
        next(closings).answer(NOT_FOUND, "This transport does not exist.");
        assertThat(told.ends).containsExactly("nothing can be sent: The router closed this transport with code 1008.");
    }

    @Test
    void aMessageThatIsTooLargeEndsTheConnectionAtTheRouterToo() throws Exception {
        transport.demand();
        next(polls).answer(OK, "[\"" + "x".repeat(1 << 16) + "\"]\u001e");
        next(closings).answer(NO_CONTENT, "");
        await().until(() -> !told.ends.isEmpty());
        assertThat(told.ends).containsExactly("the router sent a message of more than 65536 bytes");
        assertThat(told.messages).isEmpty();
    }

    @Test
    void theMessagesBeforeTheBreakOfABatchAreNotDelivered() throws Exception {
        transport.demand();
        transport.demand();
        next(polls).answer(OK, "[1]\u001e[2]");
        await().until(() -> !told.ends.isEmpty());
        assertThat(told.messages).isEmpty();
        assertThat(told.ends).containsExactly("a batch that does not end with the separator 0x1E");
    }
}
