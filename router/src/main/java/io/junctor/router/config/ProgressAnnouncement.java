package io.junctor.router.config;

/** Immutable. Which callees are told that partial results are welcome. */
public enum ProgressAnnouncement {
    /** All: libraries that can do it do not always say so. */
    ALWAYS,
    /** Those that announced {@code progressive_call_results} and {@code call_canceling}. */
    ANNOUNCED
}
