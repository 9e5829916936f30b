package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.Replica;
import io.junctor.cluster.engine.SubjectSyntax;
import io.junctor.cluster.engine.Watch;
import io.junctor.cluster.engine.Watcher;
import io.junctor.cluster.engine.Written;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One router's access to a store: requests and answers travel over the network. Thread-safe. */
final class MemoryRecords implements Records {
    private final MemoryEngine engine;
    private final MemoryStore store;
    private final MemoryStoreRequests requests;
    private final List<MemoryWatch> followings = new CopyOnWriteArrayList<>();

    MemoryRecords(MemoryEngine engine, MemoryStore store) {
        this.engine = engine;
        this.store = store;
        this.requests = new MemoryStoreRequests(engine, store);
    }

    @Override
    public CompletionStage<Written> create(String key, byte[] value) {
        return change(key, value, 0);
    }

    @Override
    public CompletionStage<Written> replace(String key, byte[] value, long revision) {
        return change(key, value, revision);
    }

    @Override
    public CompletionStage<Written> put(String key, byte[] value) {
        return change(key, value, MemoryStore.ANY);
    }

    @Override
    public CompletionStage<Written> delete(String key, long revision) {
        return change(key, null, revision);
    }

    @Override
    public CompletionStage<Written> remove(String key) {
        return change(key, null, MemoryStore.ANY);
    }

    @Override
    public CompletionStage<Optional<Entry>> read(String key) {
        SubjectSyntax.checkSubject(key);
        return requests.request(() -> store.read(key));
    }

    @Override
    public CompletionStage<List<Entry>> list(String pattern) {
        SubjectSyntax.checkPattern(pattern);
        return requests.request(() -> store.list(pattern));
    }

    @Override
    public Watch watch(Watcher watcher) {
        MemoryWatch watch = new MemoryWatch(watcher);
        followings.add(watch);
        if (engine.isConnected()) {
            watch.begin();
        }
        return watch;
    }

    void onConnected() {
        followings.forEach(MemoryWatch::begin);
    }

    void onDisconnected() {
        followings.forEach(MemoryWatch::pause);
        requests.onDisconnected();
    }

    private CompletionStage<Written> change(String key, byte @Nullable [] value, long expected) {
        SubjectSyntax.checkSubject(key);
        return requests.change(() -> store.change(key, value, expected));
    }

    /** A watch, which reads the store again after each lost connection. */
    private final class MemoryWatch implements Watch {
        private final Replica replica;
        private final Consumer<MemoryStore.Change> changes = this::onChange;
        private volatile boolean closed;
        private volatile long told;

        MemoryWatch(Watcher watcher) {
            this.replica = new Replica(watcher);
        }

        synchronized void begin() {
            store.unfollow(changes);
            store.watch(
                    snapshot -> deliver(
                            () -> replica.onSnapshot(snapshot.entries(), snapshot.latest(), snapshot.generation())),
                    changes);
        }

        @Override
        public void read() {
            if (engine.isConnected() && !closed) {
                begin();
            }
        }

        @Override
        public long behind() {
            return Math.max(0, store.latest() - told);
        }

        synchronized void pause() {
            store.unfollow(changes);
        }

        @Override
        public void close() {
            closed = true;
            followings.remove(this);
            store.unfollow(changes);
        }

        private void onChange(MemoryStore.Change change) {
            Entry entry = change.entry();
            if (entry == null) {
                deliver(() -> replica.onDeleted(change.key(), change.revision()));
            } else {
                deliver(() -> replica.onEntry(entry));
            }
        }

        private void deliver(Runnable news) {
            requests.deliver(() -> {
                if (!closed) {
                    news.run();
                    told = replica.latest();
                }
            });
        }
    }
}
