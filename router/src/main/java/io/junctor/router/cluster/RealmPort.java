package io.junctor.router.cluster;

import java.util.List;

/** What a {@link RealmLink} may ask of the realm of this router. Thread-safe; no method blocks. To be called outside of all turns. */
public interface RealmPort {
    /**
     * Delivers events of other routers to the subscribers of this router that may receive them. Events that one thread delivers
     * keep their order.
     *
     * @param heldBytes the bytes that the events hold
     * @return false if too many bytes of other routers wait for the realm ({@code mailbox_bytes}): then none of the events is delivered
     */
    boolean deliver(List<SharedEvent> events, int heldBytes);
}
