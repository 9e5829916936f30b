package io.junctor.client;

import io.junctor.client.internal.engine.AttachedHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A subscription of this session, with one handler. Thread-safe. */
public final class Subscription implements AutoCloseable {
    private final String topic;
    private final AttachedHandler attachment;

    Subscription(String topic, AttachedHandler attachment) {
        this.topic = topic;
        this.attachment = attachment;
    }

    /** The topic or pattern. */
    public String topic() {
        return topic;
    }

    /** The subscription id, which the router chose. */
    public long id() {
        return attachment.id();
    }

    /**
     * Unsubscribes and waits for the router's answer. The handler is not called again afterwards, but a running call of the handler may
     * continue. Has no effect when called again, or if the session has ended.
     *
     * @throws WampException if the router refuses, or does not answer in time
     */
    @Override
    public void close() {
        Futures.await(attachment.release());
    }

    /** Unsubscribes without waiting. */
    public CompletableFuture<Void> closeAsync() {
        return Futures.finished(attachment.release());
    }

    /**
     * Calls {@code listener}, once, on a virtual thread, when the router revokes the subscription: no more events arrive then. The listener
     * receives the reason, or an empty text if the router sent none. It is not called when the session ends.
     */
    public void onRevoked(Consumer<String> listener) {
        Futures.tell(attachment.revoked(), listener);
    }
}
