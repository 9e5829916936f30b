package io.junctor.router.connection;

import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Hello;
import org.jspecify.annotations.Nullable;

/** The state of a connection in the life of its sessions (section "Session Lifecycle"). */
enum SessionState {
    /** No session: waits for {@code HELLO}. */
    CLOSED,
    /** The router is processing {@code HELLO} or {@code AUTHENTICATE}; reading pauses. */
    JOINING,
    /** {@code CHALLENGE} is queued: waits for {@code AUTHENTICATE}. */
    CHALLENGING,
    /** {@code WELCOME} is queued. */
    ESTABLISHED,
    /** The router sent {@code GOODBYE} and waits for the answer. */
    SHUTTING_DOWN,
    /** The transport is closing or lost; messages are ignored. */
    FAILED;

    /** Describes why a message is not allowed in this state before {@code WELCOME}; null if it is allowed. */
    @Nullable
    String problem(FromClient message) {
        if (this == CHALLENGING) {
            return message instanceof Authenticate
                    ? null
                    : "an open challenge must be answered by AUTHENTICATE, not by the message with code "
                            + message.code();
        }
        return message instanceof Hello
                ? null
                : "the first message must be HELLO, not the message with code " + message.code();
    }
}
