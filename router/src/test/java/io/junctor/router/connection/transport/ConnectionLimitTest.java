package io.junctor.router.connection.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RouterLimits;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ConnectionLimitTest {
    @Test
    void withoutTheReserveOfFilesThereIsAProblem() {
        assertThat(within(512).problem())
                .isEqualTo("this process may open 512 files (ulimit -n), and the router needs more than 512");
        assertThat(within(513).problem()).isNull();
        assertThat(within(513).most()).isEqualTo(1);
        assertThat(within(1_000).most()).isEqualTo(100);
    }

    @Test
    void fewerConnectionsThanTheDefaultAreNoNews() {
        assertThat(ConnectionLimit.level(RouterLimits.DEFAULT.sessions())).isEqualTo(Level.DEBUG);
        assertThat(ConnectionLimit.level(20_000)).isEqualTo(Level.INFO);
    }

    private static ConnectionLimit within(int files) {
        return ConnectionLimit.within(files, new RouterLimits(100, 25, 30));
    }
}
