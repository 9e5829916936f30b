package io.junctor.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.turn.Pass;
import io.junctor.server.TestListener;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RawWebSocketClient.Frame;
import io.junctor.testkit.RecordingAcceptor;
import io.junctor.websocket.MaskedFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages in both directions. */
@Timeout(60)
class WebSocketConnectionTest {
    private static final String MSGPACK = "wamp.2.msgpack";
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    @Test
    void messagesTravelInBothDirections() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.frame(BINARY, bytes("one"));
            client.frame(BINARY, bytes("two"));
            assertFrame(client.read(), BINARY, "one");
            assertFrame(client.read(), BINARY, "two");
        }
    }

    @Test
    void connectionsThatHoldBeginningsOfMessagesForLongestEnd() throws Exception {
        List<RawWebSocketClient> clients = new ArrayList<>();
        try (TestListener listener = TestListener.withIncoming(RecordingAcceptor.echo(), 100_000)) {
            for (int i = 0; i < 10; i++) {
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK);
                clients.add(client);
                client.frame(0x02, new byte[30_000]);
                client.frame(PING, bytes("read"));
                assertFrame(client.read(), PONG, "read");
            }
            for (RawWebSocketClient refused : clients.subList(0, 7)) {
                assertThat(refused.isAtEnd()).isTrue();
            }
            assertThat(listener.counters.value(TransportCounter.INCOMING_REFUSED))
                    .isEqualTo(7);

            RawWebSocketClient last = clients.getLast();
            last.frame(0x80, bytes("end"));
            assertThat(last.read().payload).hasSize(30_003);
        } finally {
            for (RawWebSocketClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void jsonTravelsInTextFrames() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), "wamp.2.json")) {
            client.frame(TEXT, bytes("[]"));
            assertFrame(client.read(), TEXT, "[]");
        }
    }

    @Test
    void theJdksClientIsUnderstood() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket.Listener jdkListener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                answer.complete(text.toString());
                socket.request(1);
                return null;
            }
        };
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .subprotocols("wamp.2.json")
                    .buildAsync(listener.uri(), jdkListener)
                    .get(10, TimeUnit.SECONDS);
            assertThat(socket.getSubprotocol()).isEqualTo("wamp.2.json");
            socket.sendText("[1]", true).get(10, TimeUnit.SECONDS);
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("[1]");
            socket.sendClose(1000, "").get(10, TimeUnit.SECONDS);
            assertThat(listener.acceptor.await().ending()).isEqualTo("the client closed with code 1000");
            http.shutdownNow();
        }
    }

    @Test
    void bytesBehindTheHandshakeAreTheFirstMessage() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            ByteArrayOutputStream hasty = new ByteArrayOutputStream();
            hasty.writeBytes(bytes(RawWebSocketClient.handshake("Sec-WebSocket-Protocol: " + MSGPACK)));
            hasty.writeBytes(MaskedFrame.of(BINARY, bytes("hasty")));
            client.send(hasty.toByteArray());
            assertThat(client.response()).startsWith("HTTP/1.1 101");
            assertFrame(client.read(), BINARY, "hasty");
        }
    }

    @Test
    void fragmentsBecomeOneMessageAndPingsAmongThemAreAnswered() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.frame(0x02, bytes("in "));
            client.frame(PING, bytes("there?"));
            assertFrame(client.read(), PONG, "there?");
            client.frame(0x80, bytes("pieces"));
            assertFrame(client.read(), BINARY, "in pieces");
        }
    }

    @Test
    void manyPingsAtOnceAreAnsweredByTheLatest() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            ByteArrayOutputStream flood = new ByteArrayOutputStream();
            for (int i = 0; i < 1_000; i++) {
                flood.writeBytes(MaskedFrame.of(PING, bytes("p" + i)));
            }
            client.send(flood.toByteArray());
            int pongs = 0;
            String latest = "";
            while (!latest.equals("p999")) {
                Frame pong = client.read();
                assertThat(pong.firstByte).isEqualTo(PONG);
                latest = pong.text();
                pongs++;
            }
            assertThat(pongs).isLessThan(100);
        }
    }

    @Test
    void eachMessageIsAskedForAndAnyThreadMayAsk() throws Exception {
        RecordingAcceptor silent = new RecordingAcceptor((accepted, message) -> {});
        try (TestListener listener = TestListener.with(silent);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.send(joined(MaskedFrame.of(BINARY, bytes("1")), MaskedFrame.of(BINARY, bytes("2"))));
            client.frame(BINARY, bytes("3"));
            RecordingAcceptor.AcceptedConnection accepted = silent.await();
            assertThat(accepted.message()).isEqualTo(bytes("1"));
            accepted.connection.demand();
            assertThat(accepted.message()).isEqualTo(bytes("2"));
            assertThat(accepted.messages).isEmpty();
            accepted.connection.demand();
            assertThat(accepted.message()).isEqualTo(bytes("3"));
            accepted.connection.demand();
            client.frame(BINARY, bytes("4"));
            assertThat(accepted.message()).isEqualTo(bytes("4"));
        }
    }

    @Test
    void messagesOfOneReadAreOnePass() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        CountDownLatch flushed = new CountDownLatch(1);
        RecordingAcceptor acceptor = new RecordingAcceptor((accepted, message) -> {
            if (events.isEmpty()) {
                Pass.current().atEnd(() -> {
                    events.add("flush");
                    flushed.countDown();
                });
            }
            events.add(new String(message, StandardCharsets.UTF_8));
            accepted.connection.demand();
        });
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.send(joined(
                    MaskedFrame.of(BINARY, bytes("1")),
                    MaskedFrame.of(BINARY, bytes("2")),
                    MaskedFrame.of(BINARY, bytes("3"))));
            assertThat(flushed.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(events).containsExactly("1", "2", "3", "flush");
        }
    }

    @Test
    void noPassServesMoreThan256MessagesOfOneClient() throws Exception {
        int total = 20_000;
        ThreadLocal<AtomicInteger> inPass = ThreadLocal.withInitial(AtomicInteger::new);
        List<Integer> passes = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(total);
        RecordingAcceptor acceptor = new RecordingAcceptor((accepted, message) -> {
            if (inPass.get().incrementAndGet() == 1) {
                Pass.current().atEnd(() -> passes.add(inPass.get().getAndSet(0)));
            }
            all.countDown();
            accepted.connection.demand();
        });
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            ByteArrayOutputStream flood = new ByteArrayOutputStream();
            for (int i = 0; i < total; i++) {
                flood.writeBytes(MaskedFrame.of(BINARY, bytes("m" + i)));
            }
            client.send(flood.toByteArray());
            assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            for (int i = 0; i < total; i++) {
                assertThat(accepted.message()).isEqualTo(bytes("m" + i));
            }
            assertThat(passes).allMatch(messages -> messages <= 256);
        }
    }

    @Test
    void manyMessagesOfOneWriteArriveInOrder() throws Exception {
        List<byte[]> batch = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            batch.add(bytes("event " + i));
        }
        CountDownLatch done = new CountDownLatch(1);
        RecordingAcceptor acceptor =
                new RecordingAcceptor((accepted, message) -> accepted.connection.write(batch, done::countDown));
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.frame(BINARY, bytes("go"));
            for (byte[] message : batch) {
                assertThat(client.read().payload).isEqualTo(message);
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void randomSizesComeBackInOrderWhileTheClientReadsLate() throws Exception {
        long seed = 42;
        Random random = new Random(seed);
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] message = new byte[random.nextInt(random.nextInt(5) == 0 ? 300_000 : 2_000)];
            random.nextBytes(message);
            sent.add(message);
        }
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                RawWebSocketClient client = RawWebSocketClient.openNarrow(listener.port(), MSGPACK)) {
            listener.acceptor.await().connection.maxMessageBytes(1 << 20);
            Thread writer = Thread.ofVirtual().start(() -> sendAll(client, sent));
            for (byte[] message : sent) {
                Frame frame = client.read();
                while (frame.firstByte == PONG) {
                    frame = client.read();
                }
                assertThat(frame.payload).as("seed " + seed).isEqualTo(message);
            }
            writer.join();
        }
    }

    private static void sendAll(RawWebSocketClient client, List<byte[]> messages) {
        try {
            for (byte[] message : messages) {
                client.frame(PING, bytes("there?"));
                client.frame(BINARY, message);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSlowReaderKeepsTheWriterWaitingAndHoldsLittleMemory() throws Exception {
        byte[] megabyte = new byte[1 << 20];
        List<byte[]> batch = Collections.nCopies(64, megabyte);
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<Boolean> doneAtOnce = new CompletableFuture<>();
        RecordingAcceptor acceptor = new RecordingAcceptor((accepted, message) -> {
            accepted.connection.write(batch, done::countDown);
            doneAtOnce.complete(done.getCount() == 0);
        });
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.openNarrow(listener.port(), MSGPACK)) {
            long before = listener.bufferBytes();
            client.frame(BINARY, bytes("go"));
            assertThat(doneAtOnce.get(10, TimeUnit.SECONDS)).isFalse();
            assertThat(listener.bufferBytes() - before).isLessThan(1 << 20);
            for (int i = 0; i < batch.size(); i++) {
                assertThat(client.read().payload).isEqualTo(megabyte);
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aLostClientCompletesTheWriteThatWaited() throws Exception {
        List<byte[]> batch = Collections.nCopies(64, new byte[1 << 20]);
        CountDownLatch done = new CountDownLatch(1);
        RecordingAcceptor acceptor =
                new RecordingAcceptor((accepted, message) -> accepted.connection.write(batch, done::countDown));
        try (TestListener listener = TestListener.with(acceptor)) {
            RawWebSocketClient client = RawWebSocketClient.openNarrow(listener.port(), MSGPACK);
            client.frame(BINARY, bytes("go"));
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            accepted.message();
            client.close();
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(accepted.ending()).isNotNull();
            CountDownLatch late = new CountDownLatch(1);
            accepted.connection.write(batch, late::countDown);
            assertThat(late.getCount()).isZero();
            assertThat(accepted.endings).hasSize(1);
        }
    }

    @Test
    void theSecondSerializationGetsNoFramesOfTheFirst() throws Exception {
        RecordingAcceptor acceptor = RecordingAcceptor.recorder();
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.frame(TEXT, bytes("[1]"));
            client.frame(BINARY, bytes("too late"));
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            assertThat(accepted.fault())
                    .isEqualTo("a text frame on subprotocol wamp.2.msgpack, which uses binary frames");
            accepted.connection.write(List.of(bytes("abort")), () -> {});
            accepted.connection.close(CloseStatus.VIOLATION);
            assertFrame(client.read(), BINARY, "abort");
            Frame close = client.read();
            assertThat(close.firstByte).isEqualTo(CLOSE);
            assertThat(close.closeCode()).isEqualTo(1002);
            assertThat(accepted.messages).isEmpty();
        }
    }

    private static void assertFrame(Frame frame, int firstByte, String text) {
        assertThat(frame.firstByte).isEqualTo(firstByte);
        assertThat(frame.text()).isEqualTo(text);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
