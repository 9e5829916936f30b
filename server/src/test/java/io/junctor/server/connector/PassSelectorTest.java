package io.junctor.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.turn.Pass;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassSelectorTest {
    private final PassSelector home = new PassSelector(new ServerConnector(new Server()).getSelectorManager(), 0);
    private final List<String> flushed = new ArrayList<>();

    private void read(String what) {
        home.read(() -> Pass.current().atEnd(() -> flushed.add(what)));
    }

    @Test
    void readersThatAreReadyTogetherFlushTogether() {
        read("a");
        read("b");
        assertThat(flushed).isEmpty();

        home.endPass();
        assertThat(flushed).containsExactly("a", "b");
    }

    @Test
    void flushesBeforeItSelectsAgain() throws IOException {
        try (Selector selector = Selector.open()) {
            read("a");
            home.nioSelect(selector, true);
        }
        assertThat(flushed).containsExactly("a");
    }

    @Test
    void manyReadersDoNotKeepWhatIsFlushedWaiting() {
        for (int i = 0; i < PassSelector.READS_PER_PASS; i++) {
            assertThat(flushed).isEmpty();
            read("a");
        }
        assertThat(flushed).hasSize(PassSelector.READS_PER_PASS);
    }

    @Test
    void faultInAFlushEndsThePassAndNothingElse() {
        home.read(() -> Pass.current().atEnd(() -> {
            throw new IllegalStateException("planted");
        }));
        read("a");
        home.endPass();
        assertThat(flushed).containsExactly("a");

        read("b");
        home.endPass();
        assertThat(flushed).containsExactly("a", "b");
    }

    @Test
    void opensAndClosesConnectionsItselfBetweenPassesOnly() throws IOException {
        List<String> done = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            home.nioSelect(selector, true);
        }
        assertThat(PassSelector.runHere(() -> done.add("opened"))).isTrue();
        assertThat(done).containsExactly("opened");

        home.read(
                () -> assertThat(PassSelector.runHere(() -> done.add("closed"))).isTrue());
        assertThat(done).doesNotContain("closed");
        home.endPass();
        assertThat(done).containsExactly("opened", "closed");
    }

    @Test
    void handsOverWhatAnotherThreadAsksFor() throws Exception {
        try (Selector selector = Selector.open()) {
            home.nioSelect(selector, true);
        }
        assertThat(CompletableFuture.supplyAsync(() -> PassSelector.runHere(() -> {}))
                        .get())
                .isFalse();

        home.leave();
        assertThat(PassSelector.runHere(() -> {})).isFalse();
    }

    @Test
    void closesAConnectionThatFailsDuringTheFlushAfterIt() throws IOException {
        try (Selector selector = Selector.open()) {
            home.nioSelect(selector, true);
        }
        home.read(() -> Pass.current().atEnd(() -> {
            assertThat(PassSelector.runHere(() -> flushed.add("closed"))).isTrue();
            flushed.add("failed");
        }));
        home.endPass();
        assertThat(flushed).containsExactly("failed", "closed");
    }

    @AfterEach
    void forgetTheSelector() {
        home.leave();
    }
}
