package io.junctor.client;

import static io.junctor.client.ScriptedSession.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * However a connection ends, its client becomes unreachable and its threads end. The test holds the sessions, so that garbage
 * collection is not the cause.
 */
@Timeout(60)
class LetGoTest {
    private static final int TEXT = RawServer.FIN | RawServer.TEXT;
    private static final byte[] CODE_1000 = {0x03, (byte) 0xe8};

    private RawServer server;
    private Session session;

    @BeforeEach
    void join() throws Exception {
        server = new RawServer();
        CompletableFuture<Session> joining = Client.builder(server.uri())
                .serializers(Serializer.JSON)
                .closeTimeout(Duration.ofMillis(200))
                .build()
                .joinAsync();
        server.accept("wamp.2.json");
        server.read();
        server.send(
                TEXT, new Codecs(CodecLimits.DEFAULT).of(Serializer.JSON).encode(ScriptedSession.welcome(Set.of())));
        session = value(joining);
        assertThat(isClientThreadLeft()).isTrue();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        await().until(() -> !isClientThreadLeft());
        server.close();
        session.close();
    }

    @Test
    void aConnectionThatIsReset() throws Exception {
        server.reset();
        session.awaitLeave();
    }

    @Test
    void aConnectionThatIsResetWhileMessagesWaitToBeSent() throws Exception {
        publishMoreThanFits();
        server.reset();
        session.awaitLeave();
    }

    @Test
    void aConnectionThatEndsWithoutAClose() throws Exception {
        server.close();
        session.awaitLeave();
    }

    @Test
    void aConnectionThatEndsWithoutACloseWhileMessagesWaitToBeSent() throws Exception {
        publishMoreThanFits();
        server.endSending();
        session.awaitLeave();
    }

    @Test
    void aConnectionThatTheRouterCloses() throws Exception {
        server.send(RawServer.FIN | RawServer.CLOSE, CODE_1000);
        session.awaitLeave();
        assertThat(server.read().opcode()).isEqualTo(RawServer.CLOSE);
    }

    @Test
    void aConnectionThatTheRouterClosesWhileMessagesWaitToBeSent() throws Exception {
        publishMoreThanFits();
        server.send(RawServer.FIN | RawServer.CLOSE, CODE_1000);
        session.awaitLeave();
    }

    @Test
    void aRouterThatNeverAnswersAGoodbye() {
        session.close();
    }

    @Test
    void aRouterThatNeverAnswersAClose() throws Exception {
        server.send(TEXT, "[99]".getBytes(StandardCharsets.UTF_8));
        session.awaitLeave();
    }

    /** Waits until the buffers of both ends are full, because the router reads nothing. */
    private void publishMoreThanFits() {
        Thread publisher = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    session.publish("a.b", "x".repeat(500_000));
                }
            } catch (SessionClosedException closed) {
                // Expected: the connection ends.
            }
        });
        await().until(() -> publisher.getState() == Thread.State.WAITING);
    }

    private static boolean isClientThreadLeft() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("junctor-client"));
    }
}
