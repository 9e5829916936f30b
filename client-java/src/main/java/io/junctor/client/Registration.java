package io.junctor.client;

import io.junctor.client.internal.engine.AttachedHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Safe for use by many threads. A procedure that this session offers. */
public final class Registration implements AutoCloseable {
    private final String procedure;
    private final AttachedHandler attachment;

    Registration(String procedure, AttachedHandler attachment) {
        this.procedure = procedure;
        this.attachment = attachment;
    }

    /** The procedure registered. */
    public String procedure() {
        return procedure;
    }

    /** The router's id. */
    public long id() {
        return attachment.id();
    }

    /**
     * Unregisters and waits for the router's answer: no new call arrives, those that run are still answered. Does nothing the
     * second time, or if the session is over.
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
     * Tells {@code listener} on a virtual thread, once, when the router ends the registration on its own: no call comes any more. It
     * gets the reason, empty where the router gave none. The end of the session is no such thing.
     */
    public void onRevoked(Consumer<String> listener) {
        Futures.tell(attachment.revoked(), listener);
    }
}
