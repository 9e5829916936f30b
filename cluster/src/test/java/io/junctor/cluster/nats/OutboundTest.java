package io.junctor.cluster.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of tasks whose thread is interrupted: the library drops what such a thread writes. */
class OutboundTest {
    private final Outbound outbound = new Outbound(connected(), "test");
    private final List<String> written = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    @AfterEach
    void clearInterrupt() {
        var unused = Thread.interrupted();
    }

    @Test
    void anInterruptedThreadWritesAllAndStaysInterrupted() {
        add("one", true, false);
        add("two", true, false);
        Thread.currentThread().interrupt();
        outbound.send();
        assertThat(written).containsExactly("one", "two");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aTaskWhoseThreadIsInterruptedIsWrittenOnceMore() {
        add("one", true, true);
        add("two", true, false);
        outbound.send();
        assertThat(written).containsExactly("one", "two");
        assertThat(dropped).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aTaskThatMayNotBeRepeatedCountsAsDroppedIfItsThreadIsInterrupted() {
        add("one", false, true);
        add("two", false, false);
        outbound.send();
        assertThat(written).containsExactly("two");
        assertThat(dropped).containsExactly("one");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Adds a task, whose thread is interrupted when it writes for the first time, if {@code isInterrupted}. */
    private void add(String text, boolean isRepeatable, boolean isInterrupted) {
        List<String> tries = new ArrayList<>();
        outbound.add(new Outbound.Task(
                0,
                isRepeatable,
                same -> {
                    tries.add(text);
                    if (isInterrupted && tries.size() == 1) {
                        Thread.currentThread().interrupt();
                    }
                    if (!Thread.currentThread().isInterrupted()) {
                        written.add(text);
                    }
                },
                () -> dropped.add(text)));
    }

    private static Connection connected() {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> Connection.Status.CONNECTED);
    }
}
