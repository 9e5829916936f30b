package io.junctor.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.ListenerLimits;
import org.junit.jupiter.api.Test;

class Http2ConnectionFactoryTest {
    /** A poll waits for half a ping interval. Jetty would reset its stream if an idle timeout came twice before. */
    @Test
    void aStreamMayBeSilentForLongerThanAPollWaits() {
        ListenerLimits limits = ListenerLimits.DEFAULT;
        Http2ConnectionFactory factory = new Http2ConnectionFactory(limits.requestWait());
        assertThat(factory.getStreamIdleTimeout())
                .isGreaterThan(limits.pingInterval().toMillis());
    }
}
