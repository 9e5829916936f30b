package io.junctor.client.meta;

import io.junctor.client.ReceivedArguments;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a session of the realm (section "Session Meta API"). Components that the router does not disclose are
 * null.
 *
 * @param session the session id
 * @param authid the authid
 * @param authrole the role
 * @param authmethod the authentication method
 * @param authprovider the provider that checked the authentication
 */
public record SessionDetails(
        long session,
        @Nullable String authid,
        @Nullable String authrole,
        @Nullable String authmethod,
        @Nullable String authprovider) {
    static SessionDetails of(ReceivedArguments values) {
        MetaDictionary answer = MetaDictionary.of("the session", values, 0);
        return new SessionDetails(
                answer.id("session"),
                answer.text("authid"),
                answer.text("authrole"),
                answer.text("authmethod"),
                answer.text("authprovider"));
    }
}
