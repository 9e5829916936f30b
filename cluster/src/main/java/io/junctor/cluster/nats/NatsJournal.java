package io.junctor.cluster.nats;

import static io.nats.client.support.NatsJetStreamConstants.MSG_TTL_HDR;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Journal;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.SubjectSyntax;
import io.junctor.cluster.engine.Written;
import io.nats.client.JetStreamManagement;
import io.nats.client.PurgeOptions;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The journal in a stream, which keeps all messages of a subject until they expire or are removed. Thread-safe. */
final class NatsJournal implements Journal {
    private final Names names;
    private final StreamWriter writer;
    private final StreamReader reader;
    private final JetStreamManagement management;
    private final Executor threads;

    /** {@code threads} runs tasks that may block. */
    NatsJournal(
            Names names, StreamWriter writer, StreamReader reader, JetStreamManagement management, Executor threads) {
        this.names = names;
        this.writer = writer;
        this.reader = reader;
        this.management = management;
        this.threads = threads;
    }

    @Override
    public CompletionStage<Written> append(String key, byte[] value, Duration age) {
        long seconds = Math.max(1, age.plusMillis(999).toSeconds());
        return writer.write(subject(key), value, new Headers().add(MSG_TTL_HDR, Long.toString(seconds)));
    }

    @Override
    public CompletionStage<List<Entry>> read(String key) {
        String subject = subject(key);
        return reader.request(threads, "read", () -> reader.readAll(subject));
    }

    @Override
    public CompletionStage<Void> keepLast(String key, int most) {
        return purge(PurgeOptions.builder().subject(subject(key)).keep(most).build());
    }

    @Override
    public CompletionStage<Void> removeBefore(String key, long revision) {
        return purge(
                PurgeOptions.builder().subject(subject(key)).sequence(revision).build());
    }

    private CompletionStage<Void> purge(PurgeOptions options) {
        return reader.request(threads, "purged", () -> management.purgeStream(names.stream(Store.HISTORY), options))
                .thenAccept(purged -> {});
    }

    private String subject(String key) {
        return names.records(Store.HISTORY) + SubjectSyntax.checkSubject(key);
    }
}
