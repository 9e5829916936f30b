package io.junctor.cluster.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a lane receives. Thread-safe. */
public final class Recorder implements Receiver {
    private final List<Message> messages = new ArrayList<>();

    @Override
    public synchronized void onMessages(List<Message> batch) {
        assertThat(batch).hasSizeBetween(1, 64);
        messages.addAll(batch);
    }

    /** All messages so far. */
    public synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    /** All messages so far, as text. */
    public List<String> texts() {
        return messages().stream()
                .map(message -> new String(message.body(), UTF_8))
                .toList();
    }

    /** Waits until exactly these messages have arrived. */
    public void awaitTexts(List<String> expected) {
        await().atMost(Duration.ofMinutes(1)).until(() -> messages().size() >= expected.size());
        assertThat(texts()).isEqualTo(expected);
    }
}
