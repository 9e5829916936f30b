package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.metrics.Counter;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.value.WampError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** What the router refuses while its heap is nearly full: joins first, then what it would keep, then events for slow sessions. */
class LowMemoryScenario {
    @Scenario(value = "SEC-02", notOverJakarta = "a container opens a connection after the answer to its upgrade")
    void joinsAreRefusedFirstAndSessionsStay(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer before = testbed.join();
        Peer connected = testbed.connect();
        testbed.router().reportHeap(80);
        connected.sendList(1, Testbed.REALM, Map.of("roles", Map.of("caller", Map.of())));
        Abort abort = connected.expectAbort(WampError.LIMIT_EXCEEDED);
        assertThat(abort.details().message()).isEqualTo("the router is low on memory: try again later");
        assertThat(abort.details().extra().entries()).containsEntry("_retry", true);
        connected.expectClosed();

        before.subscribe("topic");
        before.sendList(16, before.nextRequest(), Map.of("acknowledge", true, "retain", true), "topic");
        assertThat(before.expectList()).startsWith(17L);

        testbed.router().reportHeap(76);
        assertThat(testbed.router().router().transportContext().limit().isMemoryLow())
                .as("until 75 %")
                .isTrue();
        testbed.router().reportHeap(74);
        testbed.join().publish("topic");
        before.expect(Event.class);
    }

    @Scenario(value = "SEC-02", on = Scenario.Where.ON_SOCKETS, notOverJakarta = "a container has its own health page")
    void newWebSocketsAreRefusedAndHealthSaysWhy(Testbed testbed) throws Exception {
        testbed.requireOwnRouter();
        Peer before = testbed.join();
        testbed.router().reportHeap(80);
        assertThat(testbed.router().count(Counter.LOW_MEMORY_EPISODES)).isEqualTo(1);
        assertThat(WebSocketTransport.answerTo(testbed.uri(), "wamp.2.json", List.of()))
                .startsWith("HTTP/1.1 503 ");
        before.subscribe("topic");
        if (!testbed.isEncrypted()) {
            assertThat(get(testbed.uri(), "/health")).isEqualTo("200 memory is low: new clients are refused\n");
            testbed.router().reportHeap(10);
            assertThat(get(testbed.uri(), "/health")).isEqualTo("200 ok\n");
        }
    }

    @Scenario("SEC-02")
    void whatWouldBeKeptIsRefusedNext(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        testbed.router().reportHeap(85);
        long publication = peer.nextRequest();
        peer.sendList(16, publication, Map.of("acknowledge", true, "retain", true), "topic");
        ErrorMessage error = peer.expectError(Publish.CODE, publication, WampError.LIMIT_EXCEEDED);
        String text =
                "the router cannot keep this now: it is low on memory, or all realms together keep as much as limit"
                        + " kept_heap_percent allows";
        assertThat(peer.arguments(error.payload()).positional()).containsExactly("topic: " + text);
        long testament = peer.call("wamp.session.add_testament", "topic", List.of(), Map.of());
        error = peer.expectError(Call.CODE, testament, WampError.LIMIT_EXCEEDED);
        assertThat(peer.arguments(error.payload()).positional()).containsExactly(text);
        peer.publish("topic", "not to be kept");
    }

    @Scenario(value = "SEC-02", on = Scenario.Where.IN_MEMORY)
    void eventsForSlowSessionsAreDroppedLast(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer slow = testbed.join();
        Peer fast = testbed.join();
        Peer publisher = testbed.join();
        long subscription = slow.subscribe("topic");
        fast.subscribe("topic");
        testbed.router().reportHeap(90);
        testbed.memory(slow).stopReading();
        for (int i = 0; i < 3; i++) {
            publisher.publish("topic", "x".repeat(40_000));
            fast.expect(Event.class);
        }
        assertThat(testbed.router().count(Counter.EVENTS_DROPPED))
                .as("beyond 64 KiB that wait")
                .isEqualTo(2);
        testbed.memory(slow).resumeReading();
        assertThat(slow.expectEvent(subscription)).hasSize(1);
        slow.expectNothing();
    }

    /** The answer of the router to {@code GET path}. */
    private static String get(URI websocket, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + websocket.getAuthority() + path);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
