package io.junctor.cluster.engine;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The stores that the routers of a cluster share: stores of records, and a journal. */
public enum Store {
    /** One record for each router. */
    ROUTERS,
    /** Registered procedures and their callees. */
    REGISTRY,
    /** Retained events. */
    RETAINED,
    /** Testaments of sessions. */
    TESTAMENTS,
    /** Events of histories. This store is a {@link Journal}, and contains no records. */
    HISTORY;

    private static final Set<Store> OF_RECORDS = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(HISTORY)));

    /** The stores that contain records. */
    public static Set<Store> ofRecords() {
        return OF_RECORDS;
    }
}
