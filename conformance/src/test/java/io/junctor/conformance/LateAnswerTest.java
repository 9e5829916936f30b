package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.junctor.client.Session;
import io.junctor.conformance.ForeignClient.Language;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.server.RouterServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that reconnects and sends an answer again, although the invocation belonged to its former session. */
@Tag("interop")
class LateAnswerTest {
    @Test
    @Row("PV-12")
    void aCalleeThatResendsItsAnswerAfterARestartStaysJoinedAndIsCalled() throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        assumeTrue(!lacking.containsKey(Language.PYTHON), lacking.toString());
        RouterServer first = RouterServer.start(config(0));
        int port = first.listeners().getFirst().port();
        String url = "ws://127.0.0.1:" + port + ListenerConfig.DEFAULT_PATH;
        try (ForeignClientProcess callee = ForeignClient.AUTOBAHN_PYTHON.startResending(url)) {
            callee.awaitReady();
            assertThat(price(url)).isEqualTo(250);
            first.close();
            try (RouterServer second = RouterServer.start(config(port))) {
                callee.awaitDone();
                assertThat(second.router().counters().value(Counter.ANSWERS_UNKNOWN))
                        .isOne();
                assertThat(price(url)).isEqualTo(250);
                callee.leave();
            }
        } finally {
            first.close();
        }
    }

    private static int price(String url) {
        try (Session caller = Session.join(url, "realm1")) {
            return caller.call("shop.price").as(Integer.class);
        }
    }

    private static RouterConfig config(int port) {
        return RouterConfig.builder()
                .listener(ListenerConfig.of("127.0.0.1", port))
                .realm(RealmConfig.open("realm1"))
                .build();
    }
}
