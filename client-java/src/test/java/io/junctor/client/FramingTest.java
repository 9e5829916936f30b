package io.junctor.client;

import static io.junctor.client.ScriptedSession.failure;
import static io.junctor.client.ScriptedSession.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.value.Serializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames that ordinary routers do not send. */
@Timeout(60)
class FramingTest {
    private RawServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RawServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    // TR-WS-02
    @Test
    void theClientOffersItsSerializersInOrder() throws Exception {
        CompletableFuture<Session> joining = Client.builder(server.uri())
                .serializers(Serializer.CBOR, Serializer.JSON)
                .header("X-Tenant", "plant")
                .build()
                .joinAsync();
        String request = server.accept("wamp.2.json");
        assertThat(request)
                .containsIgnoringCase("Sec-WebSocket-Protocol: wamp.2.cbor, wamp.2.json\r\n")
                .containsIgnoringCase("X-Tenant: plant\r\n");
        assertThat(server.read().opcode()).isEqualTo(RawServer.TEXT);
        joining.cancel(false);
    }

    // TR-WS-02
    @Test
    void aServerThatChoosesNothingIsLeft() throws Exception {
        CompletableFuture<Session> joining =
                Client.builder(server.uri()).build().joinAsync();
        server.accept(null);
        assertThat(failure(joining).uri()).isEqualTo("wamp.error.network_failure");
        assertThat(failure(joining)).hasMessageContaining("none of the offered subprotocols");
    }

    // TR-WS-02
    @Test
    void aServerThatChoosesWhatWasNotOfferedIsLeft() throws Exception {
        CompletableFuture<Session> joining = Client.builder(server.uri())
                .serializers(Serializer.CBOR)
                .build()
                .joinAsync();
        server.accept("wamp.2.json");
        assertThat(failure(joining).uri()).isEqualTo("wamp.error.network_failure");
    }

    // TR-WS-01
    @Test
    void messagesInPiecesArePutTogether() throws Exception {
        for (Serializer serializer : Serializer.values()) {
            CompletableFuture<Session> joining =
                    Client.builder(server.uri()).serializers(serializer).build().joinAsync();
            server.accept(serializer.subprotocol());
            int opcode = serializer.isText() ? RawServer.TEXT : RawServer.BINARY;
            assertThat(server.read().opcode()).isEqualTo(opcode);
            byte[] welcome = welcome(serializer);
            server.send(opcode, Arrays.copyOfRange(welcome, 0, 10));
            server.send(RawServer.FIN | RawServer.PING, new byte[] {1});
            server.send(RawServer.CONTINUATION, new byte[0]);
            server.send(RawServer.FIN | RawServer.CONTINUATION, Arrays.copyOfRange(welcome, 10, welcome.length));
            assertThat(value(joining).id()).isEqualTo(ScriptedSession.ID);
            // TR-WS-04
            assertThat(server.read()).isEqualTo(new RawServer.Frame(RawServer.PONG, ByteBuffer.wrap(new byte[] {1})));
            server.close();
            start();
        }
    }

    // TR-WS-01, TR-WS-03
    @Test
    void aFrameOfTheWrongKindIsAViolation() throws Exception {
        CompletableFuture<Session> joining = Client.builder(server.uri())
                .serializers(Serializer.MSGPACK)
                .build()
                .joinAsync();
        server.accept("wamp.2.msgpack");
        server.read();
        server.send(RawServer.FIN | RawServer.TEXT, "[1]".getBytes(StandardCharsets.UTF_8));
        byte[] abort = server.read().payload().array();
        assertThat(new Codecs(CodecLimits.DEFAULT).of(Serializer.MSGPACK).decodeFromClient(abort))
                .isInstanceOfSatisfying(
                        Abort.class,
                        said -> assertThat(said.details().message()).isEqualTo("text frame on a binary subprotocol"));
        RawServer.Frame close = server.read();
        assertThat(close.opcode()).isEqualTo(RawServer.CLOSE);
        assertThat(close.payload().getShort()).isEqualTo((short) 1002);
        assertThat(failure(joining).uri()).isEqualTo("wamp.error.protocol_violation");
    }

    // SER-02
    @Test
    void textThatIsNoUtf8EndsTheConnection() throws Exception {
        CompletableFuture<Session> joining = Client.builder(server.uri())
                .serializers(Serializer.JSON)
                .build()
                .joinAsync();
        server.accept("wamp.2.json");
        server.read();
        server.send(RawServer.FIN | RawServer.TEXT, new byte[] {'[', '"', (byte) 0xc3, '(', '"', ']'});
        assertThat(failure(joining)).isInstanceOf(SessionClosedException.class);
    }

    // TR-WS-03: a close code that no specification lists is accepted.
    @Test
    void anyCloseCodeIsAccepted() throws Exception {
        CompletableFuture<Session> joining = Client.builder(server.uri())
                .serializers(Serializer.JSON)
                .build()
                .joinAsync();
        server.accept("wamp.2.json");
        server.read();
        server.send(RawServer.FIN | RawServer.TEXT, welcome(Serializer.JSON));
        Session session = value(joining);
        server.send(RawServer.FIN | RawServer.CLOSE, new byte[] {0x0b, (byte) 0xb8, 'b', 'y', 'e'});
        CloseReason leave = session.awaitLeave();
        assertThat(leave.by()).isEqualTo(CloseReason.By.TRANSPORT);
        assertThat(leave.message()).contains("code 3000 (bye)");
    }

    private static byte[] welcome(Serializer serializer) throws UnrepresentableException {
        return new Codecs(CodecLimits.DEFAULT).of(serializer).encode(ScriptedSession.welcome(Set.of()));
    }
}
