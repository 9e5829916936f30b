package io.junctor.cluster.engine;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What the routers of a cluster share: stores of records, and a journal. */
public enum Store {
    /** One record for each router. */
    ROUTERS,
    /** Registered procedures and their callees. */
    REGISTRY,
    /** Retained events. */
    RETAINED,
    /** Testaments of sessions. */
    TESTAMENTS,
    /** Events of histories: a {@link Journal}, no records. */
    HISTORY;

    private static final Set<Store> OF_RECORDS = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(HISTORY)));

    /** Those that have records. */
    public static Set<Store> ofRecords() {
        return OF_RECORDS;
    }
}
