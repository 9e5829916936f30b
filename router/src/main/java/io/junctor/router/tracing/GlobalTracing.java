package io.junctor.router.tracing;

import org.jspecify.annotations.Nullable;

/** Holds the recorder of the calls and publications of all routers of this process. Thread-safe. */
public final class GlobalTracing {
    private static volatile @Nullable Tracing tracing;

    private GlobalTracing() {}

    /** Sets the recorder of the calls and publications of sessions that join from now on; null for no recorder. */
    public static void recordBy(@Nullable Tracing recorder) {
        tracing = recorder;
    }

    /** The recorder of a session that joins now, or null. */
    static @Nullable Tracing tracing() {
        return tracing;
    }
}
