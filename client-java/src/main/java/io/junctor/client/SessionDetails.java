package io.junctor.client;

import org.jspecify.annotations.Nullable;

/**
 * Immutable. A session of the realm (section "Session Meta API"); what the router does not say is null.
 *
 * @param session its id
 * @param authid its authid
 * @param authrole its role
 * @param authmethod how it proved who it is
 * @param authprovider who checked that
 */
public record SessionDetails(
        long session,
        @Nullable String authid,
        @Nullable String authrole,
        @Nullable String authmethod,
        @Nullable String authprovider) {
    static SessionDetails of(Values values) {
        Answer answer = Answer.of("the session", values.positional(0));
        return new SessionDetails(
                answer.id("session"),
                answer.text("authid"),
                answer.text("authrole"),
                answer.text("authmethod"),
                answer.text("authprovider"));
    }
}
