package io.junctor.cluster.engine;

import java.util.Set;

/** One router's access to the system that connects the routers of a cluster. Thread-safe; only {@link #close} may block. */
public interface Engine extends AutoCloseable {
    /** The router that it belongs to. */
    RouterId router();

    /**
     * A lane for messages of one kind.
     *
     * @param scope one token; routers with a lane of the same kind and scope reach each other. A router has at most one open
     *     lane of a kind and scope
     * @param receiver takes what other routers publish on subjects of the lane's interests
     * @throws IllegalArgumentException if {@code scope} is no token
     * @throws IllegalStateException if the router has such a lane
     */
    Lane lane(Traffic traffic, String scope, Receiver receiver);

    /**
     * The records of a store.
     *
     * @throws IllegalArgumentException if the store has none
     */
    Records records(Store store);

    /** What {@link Store#HISTORY} has. */
    Journal journal();

    /** Sets which other routers have to know an interest before {@link Lane#interestKnown} completes; none at the start. */
    void peers(Set<RouterId> routers);

    /** The routers that {@link #peers(Set)} set. */
    Set<RouterId> peers();

    /** Whether all connections work. */
    boolean isConnected();

    /** Tells {@code listener} from now on when the connection is lost and when it is back. */
    void onHealth(HealthListener listener);

    /** What the engine has counted; 0 for what it does not count. Any thread, at any time. */
    default long figure(Traffic traffic, Figure figure) {
        return 0;
    }

    /** Disconnects. Lanes and watchers receive nothing more. Closing again has no effect. */
    @Override
    void close();
}
