package io.junctor.router.spi;

/** Immutable. What a permission is about (section "Authorization"). */
public enum Action {
    CALL,
    REGISTER,
    PUBLISH,
    SUBSCRIBE,
    /** To register what others have registered, who then lose it; needs {@link #REGISTER} as well. */
    REPLACE
}
