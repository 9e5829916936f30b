package io.junctor.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.testkit.RawWebSocketClient;
import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The identifier of a long-poll transport opens its session to everyone who has it, so no log line contains it. */
@Timeout(60)
class LoggedPathTest {
    private static final String OFFER = "{\"protocols\":[\"wamp.2.json\"]}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ws/ID/send",
                "POST /ws/ID/other",
                "POST /ws/ID/",
                "POST /ws/ID",
                "POST /ws/ID%2Freceive",
                "POST /ws/ID/receive/more",
                "POST /ws/ID/receive?after=x",
                "POST /ws/open?transport=ID",
                "POST /prefix/ws/ID/receive"
            })
    void noLogLineContainsTheIdentifierOfATransport(String line) throws IOException {
        try (LogLines log = new LogLines();
                BadClient bad = new BadClient(ListenerConfig.builder());
                RawWebSocketClient opener = RawWebSocketClient.connect(bad.port())) {
            String opened = opener.request("POST /ws/open HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                    + OFFER.length() + "\r\n\r\n" + OFFER);
            String id = opened.replaceAll("(?s).*\"transport\":\"([^\"]+)\".*", "$1");
            bad.statusOf(line.replace("ID", id) + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
            Awaitility.await().until(() -> !log.with(" refused ").isEmpty());
            assertThat(log.with(id)).isEmpty();
            assertThat(log.with(id.substring(1, id.length() - 1))).isEmpty();
        }
    }
}
