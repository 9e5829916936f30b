package io.junctor.router.spi;

/** States whether a publisher or caller is disclosed to the receivers (section "Publisher Identification"). */
public enum Disclose {
    /** Never; a request with {@code disclose_me} is refused. */
    NEVER,
    /** If the publisher or caller sends {@code disclose_me}. */
    ON_REQUEST,
    /** Always. */
    ALWAYS
}
