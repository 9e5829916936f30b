package io.junctor.wamp.options;

import org.jspecify.annotations.Nullable;

/**
 * Immutable. Who a session is, as granted by the router (section "Session Establishment").
 *
 * @param authid the authid, or null where the router says none
 * @param authrole the role, or null
 * @param authmethod the method that proved it, or null
 * @param authprovider who checked it, or null
 */
public record Identity(
        @Nullable String authid,
        @Nullable String authrole,
        @Nullable String authmethod,
        @Nullable String authprovider) {}
