package io.junctor.cluster.engine;

/** The stores of records that the routers of a cluster share. */
public enum Store {
    /** One record for each router. */
    ROUTERS,
    /** Registered procedures and their callees. */
    REGISTRY,
    /** Retained events. */
    RETAINED,
    /** Testaments of sessions. */
    TESTAMENTS
}
