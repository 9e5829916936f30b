package io.junctor.wamp.options;

import org.jspecify.annotations.Nullable;

/**
 * The identity that the router assigned to a session (section "Session Establishment").
 *
 * @param authid the authid, or null if unknown
 * @param authrole the role, or null
 * @param authmethod the authentication method, or null
 * @param authprovider the authentication provider, or null
 */
public record Identity(
        @Nullable String authid,
        @Nullable String authrole,
        @Nullable String authmethod,
        @Nullable String authprovider) {}
