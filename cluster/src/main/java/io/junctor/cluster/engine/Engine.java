package io.junctor.cluster.engine;

import java.util.Set;

/** One router's access to the system that connects the routers of a cluster. Thread-safe; only {@link #close} may block. */
public interface Engine extends AutoCloseable {
    /** The router that this engine connects. */
    RouterId router();

    /**
     * Opens a lane for messages of one kind.
     *
     * @param scope one token; routers with a lane of the same kind and scope reach each other. A router has at most one open lane for each kind
     *     and scope
     * @param receiver receives the messages that other routers publish on subjects that match the interests of the lane
     * @throws IllegalArgumentException if {@code scope} is not exactly one token
     * @throws IllegalStateException if the router already has an open lane of this kind and scope
     */
    Lane lane(Traffic traffic, String scope, Receiver receiver);

    /**
     * The records of a store.
     *
     * @throws IllegalArgumentException if {@code store} is {@link Store#HISTORY}, which is a journal
     */
    Records records(Store store);

    /** The journal {@link Store#HISTORY}. */
    Journal journal();

    /** Sets the other routers that have to know an interest before {@link Lane#interestKnown} completes. At the start there are none. */
    void peers(Set<RouterId> routers);

    /** The routers that {@link #peers(Set)} set. */
    Set<RouterId> peers();

    /** Whether all connections work. */
    boolean isConnected();

    /** Notifies {@code listener} from now on when the connection is lost and when it is restored. */
    void onHealth(HealthListener listener);

    /** The current value of a figure; 0 if the engine does not count it. Any thread may call this method at any time. */
    default long figure(Traffic traffic, Figure figure) {
        return 0;
    }

    /** Disconnects. Lanes and watchers receive nothing more. Closing again has no effect. */
    @Override
    void close();
}
