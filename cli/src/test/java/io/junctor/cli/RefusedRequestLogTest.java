package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.connection.ClientFlowControl;
import io.junctor.router.spi.Action;
import io.junctor.server.RouterServer;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the log says about refused requests of a session. */
@Timeout(60)
class RefusedRequestLogTest {
    @RegisterExtension
    final LogLines lines = new LogLines(ClientFlowControl.class);

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @Test
    void theFirstRefusalWithAnErrorIsLoggedWithListenerSessionAndRule() throws Exception {
        try (RouterServer server = RouterServer.start(config())) {
            int port = server.listeners().getFirst().port();
            WebSocket client = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols("wamp.2.json")
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), new Receiver())
                    .join();
            send(client, "[1,\"realm1\",{\"roles\":{\"caller\":{},\"publisher\":{}}}]");
            send(client, "[48,1,{},\"plant.{}.door\"]");
            send(client, "[48,2,{},\"plant.{}.door\"]");

            String session =
                    "INFO session \\d+ \\(authid anonymous-\\w+, role guest, 127\\.0\\.0\\.1:\\d+ at listener 127\\.0\\.0\\.1:"
                            + port + "\\): ";
            String end = "; more with this error in the next minute are not logged";
            assertThat(lines.take())
                    .matches(session
                            + Pattern.quote(
                                    "CALL 1 refused with wamp.error.no_such_procedure: no callee has registered the"
                                            + " procedure plant.{}.door" + end));

            client.sendText("[16,3,{},\"secret.door\"]", true).join();
            assertThat(lines.take())
                    .matches(session
                            + Pattern.quote("PUBLISH 3 refused with wamp.error.not_authorized: the permissions of this"
                                    + " session's role do not allow it to publish to secret.door (the rule for secret."
                                    + " (match: prefix) in line 12 decides)" + end));
            client.abort();
        }
    }

    private void send(WebSocket client, String message) throws InterruptedException {
        client.sendText(message, true).join();
        received.take();
    }

    private static RouterConfig config() {
        Rule all = new Rule(new Uri(""), MatchPolicy.PREFIX, Set.of(Action.CALL, Action.PUBLISH), true);
        Rule secret =
                new Rule(new Uri("secret."), MatchPolicy.PREFIX, Set.of(Action.PUBLISH), RuleEffect.Deny.DENY, 12);
        return RouterConfig.builder()
                .listener(ListenerConfig.of("127.0.0.1", 0))
                .realm(RealmConfig.builder("realm1")
                        .auth(new AuthConfig("guest", List.of()))
                        .role("guest", new RoleConfig(List.of(all, secret)))
                        .build())
                .build();
    }

    private final class Receiver implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
            if (last) {
                received.add(text.toString());
            }
            webSocket.request(1);
            return null;
        }
    }
}
