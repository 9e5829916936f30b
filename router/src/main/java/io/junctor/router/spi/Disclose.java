package io.junctor.router.spi;

/** Immutable. Whether who publishes or calls is named to those it reaches (section "Publisher Identification"). */
public enum Disclose {
    /** Never; whoever asks for it is refused. */
    NEVER,
    /** If it asks for it. */
    ON_REQUEST,
    /** Always. */
    ALWAYS
}
