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

    /** The topic subscribed to. */
    public String topic() {
        return topic;
    }

    /** The router's id. */
    public long id() {
        return attachment.id();
    }

    /**
     * Unsubscribes and waits for the router's answer: the handler is not called any more, though a call of it may still
     * be running. Does nothing the second time, or if the session is over.
     *
     * @throws WampException if the router refuses, or does not answer in time
     */
    @Override
    public void close() {
        Futures.await(attachment.release());
    }

    /** The same without waiting. */
    public CompletableFuture<Void> closeAsync() {
        return Futures.finished(attachment.release());
    }

    /**
     * Tells {@code listener} on a virtual thread, once, when the router ends the subscription on its own: no event
     * comes any more. It gets the reason, empty where the router gave none. The end of the session is no such thing.
     */
    public void onRevoked(Consumer<String> listener) {
        Futures.tell(attachment.revoked(), listener);
    }
}
