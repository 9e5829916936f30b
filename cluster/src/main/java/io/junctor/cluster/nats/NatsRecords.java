package io.junctor.cluster.nats;

import static io.nats.client.support.NatsJetStreamConstants.EXPECTED_LAST_SUB_SEQ_HDR;
import static io.nats.client.support.NatsJetStreamConstants.MSG_TTL_HDR;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.SubjectSyntax;
import io.junctor.cluster.engine.Watch;
import io.junctor.cluster.engine.Watcher;
import io.junctor.cluster.engine.Written;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The records of a store in a stream, which keeps the last message of each subject. Thread-safe.
 *
 * <p>A deleted record is replaced by an empty message with a mark, which expires after ten minutes, so the write of a router that has not seen
 * the deletion is refused. Reads go to the leader of the stream.
 */
final class NatsRecords implements Records {
    static final String DELETED = "Junctor-Deleted";
    private static final String DELETED_SECONDS = "600";

    private final NatsConnection connection;
    private final Names names;
    private final Store store;
    private final StreamWriter writer;
    private final StreamReader reader;
    private final ExecutorService threads;
    private final List<NatsWatch> followings = new CopyOnWriteArrayList<>();

    /** {@code threads} runs tasks that may block. */
    NatsRecords(
            NatsConnection connection,
            Names names,
            Store store,
            StreamWriter writer,
            StreamReader reader,
            ExecutorService threads) {
        this.connection = connection;
        this.names = names;
        this.store = store;
        this.writer = writer;
        this.reader = reader;
        this.threads = threads;
    }

    @Override
    public CompletionStage<Written> create(String key, byte[] value) {
        String subject = subject(key);
        return writer.write(subject, value, expecting(0)).thenCompose(written -> {
            boolean mayBeDeleted = written instanceof Written.Conflict;
            return mayBeDeleted ? createAgain(subject, value) : CompletableFuture.completedFuture(written);
        });
    }

    @Override
    public CompletionStage<Written> replace(String key, byte[] value, long revision) {
        return writer.write(subject(key), value, expecting(revision));
    }

    @Override
    public CompletionStage<Written> put(String key, byte[] value) {
        return writer.write(subject(key), value, new Headers());
    }

    @Override
    public CompletionStage<Written> delete(String key, long revision) {
        return writer.write(subject(key), new byte[0], deleting(expecting(revision)));
    }

    @Override
    public CompletionStage<Written> remove(String key) {
        return writer.write(subject(key), new byte[0], deleting(new Headers()));
    }

    @Override
    public CompletionStage<Optional<Entry>> read(String key) {
        return last(subject(key))
                .thenApply(found -> found.filter(message -> !isDeleted(message.getHeaders()))
                        .map(message -> new Entry(key, message.getSeq(), bytes(message.getData()))));
    }

    @Override
    public CompletionStage<List<Entry>> list(String pattern) {
        String subject = names.records(store) + SubjectSyntax.checkPattern(pattern);
        return reader.request(threads, "read", () -> reader.list(subject));
    }

    @Override
    public Watch watch(Watcher watcher) {
        NatsWatch watch = new NatsWatch(names.records(store), reader, watcher, threads, followings::remove);
        followings.add(watch);
        watch.read();
        return watch;
    }

    /** Subscribes to the stored messages that the server republishes; they arrive on the thread that reads the connection. */
    void listen() {
        connection.listen(
                names.followed(store) + ">", message -> followings.forEach(each -> each.onPublished(message)));
    }

    /** Reads the stream again, because the watchers may have missed changes. */
    void onConnected() {
        followings.forEach(NatsWatch::read);
    }

    /** Retries for each watcher whose last reading of the stream failed. */
    void onTick() {
        followings.forEach(NatsWatch::onTick);
    }

    /** Checks whether the watchers know the latest change, and reads the stream again if not. May block. */
    void check() {
        followings.forEach(NatsWatch::check);
    }

    static boolean isDeleted(@Nullable Headers headers) {
        return headers != null && headers.containsKey(DELETED);
    }

    static byte[] bytes(byte @Nullable [] data) {
        return data == null ? new byte[0] : data;
    }

    /** Writes a record that was deleted, on condition that it has the revision of the deletion. */
    private CompletionStage<Written> createAgain(String subject, byte[] value) {
        return last(subject)
                .thenCompose(found -> {
                    if (found.isPresent() && isDeleted(found.get().getHeaders())) {
                        return writer.write(
                                subject, value, expecting(found.get().getSeq()));
                    }
                    return CompletableFuture.<Written>completedFuture(new Written.Conflict());
                })
                .exceptionally(fault -> new Written.Conflict());
    }

    private CompletableFuture<Optional<MessageInfo>> last(String subject) {
        return reader.request(threads, "read", () -> reader.last(subject));
    }

    private String subject(String key) {
        return names.records(store) + SubjectSyntax.checkSubject(key);
    }

    private static Headers expecting(long revision) {
        return new Headers().add(EXPECTED_LAST_SUB_SEQ_HDR, Long.toString(revision));
    }

    private static Headers deleting(Headers headers) {
        return headers.add(DELETED, "1").add(MSG_TTL_HDR, DELETED_SECONDS);
    }
}
