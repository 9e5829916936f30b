package io.junctor.client;

import io.junctor.client.internal.engine.AttachedHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A procedure that this session has registered. Thread-safe. */
public final class Registration implements AutoCloseable {
    private final String procedure;
    private final AttachedHandler attachment;

    Registration(String procedure, AttachedHandler attachment) {
        this.procedure = procedure;
        this.attachment = attachment;
    }

    /** The procedure or pattern. */
    public String procedure() {
        return procedure;
    }

    /** The registration id. */
    public long id() {
        return attachment.id();
    }

    /**
     * Unregisters and waits for the router's answer. No new call arrives afterwards. Running calls are still answered.
     * Has no effect when called again, or if the session has ended.
     *
     * @throws WampException if the router refuses or does not answer in time
     */
    @Override
    public void close() {
        Futures.await(attachment.release());
    }

    /** Unregisters without waiting. */
    public CompletableFuture<Void> closeAsync() {
        return Futures.finished(attachment.release());
    }

    /**
     * Calls {@code listener}, once, on a virtual thread, when the router revokes the registration. The listener receives
     * the reason or an empty text. It is not called when the session ends.
     */
    public void onRevoked(Consumer<String> listener) {
        Futures.tell(attachment.revoked(), listener);
    }
}
