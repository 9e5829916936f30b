package io.junctor.router.config;

/** Immutable. What a permission is about (section "Authorization"). */
public enum Action {
    CALL,
    REGISTER,
    PUBLISH,
    SUBSCRIBE
}
