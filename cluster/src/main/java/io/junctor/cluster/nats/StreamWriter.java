package io.junctor.cluster.nats;

import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Written;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Writes messages to a stream, in the order of the calls. Thread-safe; no method blocks. */
final class StreamWriter {
    private final NatsConnection connection;
    private final JetStream stream;
    private final String name;
    private final Duration patience;

    /** @param patience how long a write waits for its answer */
    StreamWriter(NatsConnection connection, Names names, Store store, JetStream stream, Duration patience) {
        this.connection = connection;
        this.stream = stream;
        this.name = names.stream(store);
        this.patience = patience;
    }

    /** Writes a message. The future completes when the stream has stored the message, has refused it, or has not answered in time. */
    CompletableFuture<Written> write(String subject, byte[] value, Headers headers) {
        CompletableFuture<Written> result = new CompletableFuture<>();
        connection.run(
                value.length,
                same -> {
                    var unused = stream.publishAsync(subject, headers, value)
                            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                            .whenComplete((acknowledged, fault) -> result.complete(
                                    fault == null ? new Written.Accepted(acknowledged.getSeqno()) : refusal(fault)));
                },
                () -> result.complete(new Written.Unknown("there is no connection to NATS")));
        return result;
    }

    private Written refusal(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof JetStreamApiException refused && Streams.isOfOtherRevision(refused)) {
                return new Written.Conflict();
            }
        }
        return new Written.Unknown("the stream " + name + " did not answer as expected: " + fault);
    }
}
