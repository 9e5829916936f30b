package io.junctor.router.config;

/** Selects the callees that get {@code receive_progress} when a caller asks for progressive results. */
public enum ProgressAnnouncement {
    /** All callees, because not every library that supports progressive results announces the feature. */
    ALWAYS,
    /** Only callees that announced {@code progressive_call_results} and {@code call_canceling}. */
    ANNOUNCED
}
