package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.ShutdownNotice;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import io.junctor.websocket.Opcode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Section 15, WebSocket. */
class TransportScenario {
    private static final Map<String, Object> NONE = Map.of();
    private static final int FINAL = 0x80;
    private static final String UPGRADED_FIRST = "a container upgrades first, and the close frame says why not";

    @Scenario(value = "TR-WS-01", on = Scenario.Where.ON_SOCKETS)
    void eachSubprotocolIsSpoken(Testbed testbed) {
        for (Serializer serializer : Serializer.values()) {
            testbed.join(serializer).subscribe("topic");
        }
    }

    @Scenario(value = "TR-WS-01", on = Scenario.Where.ON_SOCKETS)
    void aMessageMayComeInManyFrames(Testbed testbed) {
        Peer peer = testbed.join();
        byte[] message = peer.encodeList(32, peer.nextRequest(), NONE, "a.topic.in.pieces");
        WebSocketTransport link = (WebSocketTransport) peer.transport();
        link.sendInPieces(List.of(
                Arrays.copyOfRange(message, 0, 3),
                new byte[0],
                Arrays.copyOfRange(message, 3, 11),
                Arrays.copyOfRange(message, 11, message.length)));
        assertThat(peer.expectList()).startsWith(33L, 1L);
        link.sendFrame(peer.serializer().isText() ? Opcode.TEXT : Opcode.BINARY, new byte[] {'['});
        link.sendFrame(FINAL | Opcode.PING, new byte[] {1});
        peer.cut();
    }

    @Scenario(value = "TR-WS-02", on = Scenario.Where.ON_SOCKETS)
    void theFirstSubprotocolTheRouterHasIsTaken(Testbed testbed) {
        Map<String, String> takenByOffer = Map.of(
                "wamp.2.json", "wamp.2.json",
                "wamp.2.cbor, wamp.2.json", "wamp.2.cbor",
                "wamp.2.msgpack.batched,wamp.2.msgpack",
                        testbed.isInContainer() ? "wamp.2.msgpack" : "wamp.2.msgpack.batched",
                "wamp.2.ubjson, , wamp.2.json,", "wamp.2.json");
        takenByOffer.forEach((offer, taken) -> assertThat(answer(testbed, offer, List.of()))
                .startsWith("http/1.1 101 ")
                .contains("sec-websocket-protocol: " + taken + "\r\n"));
    }

    @Scenario(value = "TR-WS-02", on = Scenario.Where.ON_SOCKETS, notOverJakarta = UPGRADED_FIRST)
    void withoutACommonSubprotocolTheUpgradeIsRefused(Testbed testbed) {
        testbed.requireOwnRouter();
        for (String offer : List.of("", "chat", "wamp.2.ubjson", "WAMP.2.JSON", "wamp")) {
            assertThat(answer(testbed, offer, List.of())).startsWith("http/1.1 400 ");
        }
    }

    @Scenario(value = "TR-WS-03", on = Scenario.Where.ON_SOCKETS)
    void aShutdownClosesWithCode1001(Testbed testbed) {
        testbed.shutdown(ShutdownNotice.GOODBYE);
        Peer peer = testbed.join();
        testbed.router().beginShutdown();
        peer.expect(Goodbye.class);
        peer.send(new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri()));
        assertThat(peer.expectClosed()).isEqualTo(1001);
    }

    @Scenario(value = "TR-WS-03", on = Scenario.Where.ON_SOCKETS)
    void anyCloseCodeEndsTheSession(Testbed testbed) {
        for (int code : new int[] {1000, 1001, 3000, 3999, 4000, 4999}) {
            Peer peer = testbed.join();
            peer.register("procedure");
            Peer caller = testbed.join();
            long request = caller.call("procedure");
            peer.expect(Invocation.class);
            ((WebSocketTransport) peer.transport())
                    .sendFrame(FINAL | Opcode.CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
            caller.expectError(Call.CODE, request, WampError.CANCELED);
            peer.expectClosed();
        }
    }

    @Scenario(
            value = "TR-WS-03",
            on = Scenario.Where.ON_SOCKETS,
            notOverJakarta = "frames are the container's to judge")
    void brokenFramesCloseWithCode1002(Testbed testbed) {
        List<byte[]> broken = List.of(
                new byte[] {(byte) 0xC1, (byte) 0x80, 0, 0, 0, 0},
                new byte[] {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0},
                new byte[] {(byte) 0x81, 2, '[', ']'},
                new byte[] {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0},
                new byte[] {(byte) 0x09, (byte) 0x80, 0, 0, 0, 0},
                new byte[] {(byte) 0x89, (byte) 0xFE, 0, (byte) 0x80, 0, 0, 0, 0});
        for (byte[] frame : broken) {
            Peer peer = testbed.join();
            ((WebSocketTransport) peer.transport()).sendRaw(frame);
            assertThat(peer.expectClosed()).isEqualTo(1002);
        }
    }

    @Scenario(value = "TR-WS-04", on = Scenario.Where.ON_SOCKETS)
    void pingsFindDeadPeers(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer dead = testbed.join();
        dead.register("procedure");
        ((WebSocketTransport) dead.transport()).ignorePings();
        Peer alive = testbed.join();
        Peer caller = testbed.peerOn(testbed.memoryLink(testbed.nextSerializer(), Integer.MAX_VALUE));
        caller.join(Testbed.REALM);
        long request = caller.call("procedure");
        dead.expect(Invocation.class);
        for (int second = 0; second < 40; second++) {
            testbed.clock().advance(Duration.ofSeconds(1));
            alive.expectNothing();
        }
        caller.expectError(Call.CODE, request, WampError.CANCELED);
        dead.expectClosed();
        alive.expectNothing();
    }

    @Scenario(value = "TR-WS-05", on = Scenario.Where.ON_SOCKETS, notOverJakarta = UPGRADED_FIRST)
    void browsersMayComeFromTheRoutersOwnHost(Testbed testbed) {
        testbed.requireOwnRouter();
        String host = testbed.uri().getHost() + ":" + testbed.uri().getPort();
        assertThat(answer(testbed, "wamp.2.json", List.of("Origin: http://" + host)))
                .startsWith("http/1.1 101 ");
        assertThat(answer(testbed, "wamp.2.json", List.of("Origin: http://evil.example")))
                .startsWith("http/1.1 403 ");
        assertThat(answer(testbed, "wamp.2.json", List.of("Origin: null"))).startsWith("http/1.1 403 ");
    }

    @Scenario(value = "TR-WS-05", on = Scenario.Where.ON_SOCKETS, notOverJakarta = UPGRADED_FIRST)
    void browsersMayComeFromConfiguredOrigins(Testbed testbed) {
        testbed.origins("https://shop.example");
        assertThat(answer(testbed, "wamp.2.json", List.of("Origin: https://shop.example")))
                .startsWith("http/1.1 101 ");
        assertThat(answer(testbed, "wamp.2.json", List.of("Origin: https://shop.example.evil.example")))
                .startsWith("http/1.1 403 ");
    }

    @Scenario(
            value = {"TR-WS-05", "SER-11"},
            on = Scenario.Where.ON_SOCKETS)
    void compressionIsNotAgreedOn(Testbed testbed) {
        testbed.requireOwnRouter();
        assertThat(answer(testbed, "wamp.2.json", List.of("Sec-WebSocket-Extensions: permessage-deflate")))
                .startsWith("http/1.1 101 ")
                .doesNotContain("permessage-deflate");
    }

    private static String answer(Testbed testbed, String subprotocols, List<String> headers) {
        return WebSocketTransport.answerTo(testbed.uri(), subprotocols, headers).toLowerCase(Locale.ROOT);
    }
}
