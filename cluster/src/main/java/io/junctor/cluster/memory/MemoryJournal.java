package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Journal;
import io.junctor.cluster.engine.SubjectSyntax;
import io.junctor.cluster.engine.Written;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One router's access to the journal. Thread-safe. */
final class MemoryJournal implements Journal {
    private final MemoryStoreRequests requests;
    private final MemoryLog log;

    MemoryJournal(MemoryStoreRequests requests, MemoryLog log) {
        this.requests = requests;
        this.log = log;
    }

    @Override
    public CompletionStage<Written> append(String key, byte[] value, Duration age) {
        SubjectSyntax.checkSubject(key);
        return requests.change(() -> log.append(key, value, age));
    }

    @Override
    public CompletionStage<List<Entry>> read(String key) {
        SubjectSyntax.checkSubject(key);
        return requests.request(() -> log.read(key));
    }

    @Override
    public CompletionStage<Void> keepLast(String key, int most) {
        return change(key, () -> log.keepLast(key, most));
    }

    @Override
    public CompletionStage<Void> removeBefore(String key, long revision) {
        return change(key, () -> log.removeBefore(key, revision));
    }

    private CompletionStage<Void> change(String key, Runnable change) {
        SubjectSyntax.checkSubject(key);
        return requests.request(() -> {
                    change.run();
                    return true;
                })
                .thenAccept(done -> {});
    }

    void onDisconnected() {
        requests.onDisconnected();
    }
}
