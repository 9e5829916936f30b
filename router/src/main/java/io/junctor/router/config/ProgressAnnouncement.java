package io.junctor.router.config;

/** Which callees get {@code receive_progress} when a caller asks for progressive results. */
public enum ProgressAnnouncement {
    /** All: libraries that can do it do not always say so. */
    ALWAYS,
    /** Those that announced {@code progressive_call_results} and {@code call_canceling}. */
    ANNOUNCED
}
