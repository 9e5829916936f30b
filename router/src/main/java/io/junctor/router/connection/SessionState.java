package io.junctor.router.connection;

import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Hello;
import org.jspecify.annotations.Nullable;

/** The state of a connection in the life of its sessions (section "Session Lifecycle"). */
enum SessionState {
    /** No session: waits for {@code HELLO}. */
    CLOSED,
    /** {@code HELLO} or {@code AUTHENTICATE} is being answered; reading pauses. */
    JOINING,
    /** {@code CHALLENGE} is queued: waits for {@code AUTHENTICATE}. */
    CHALLENGING,
    /** {@code WELCOME} is queued. */
    ESTABLISHED,
    /** The router sent {@code GOODBYE} and waits for the answer. */
    SHUTTING_DOWN,
    /** The transport closes or is lost; messages are ignored. */
    FAILED;

    /** What is wrong with a message before {@code WELCOME}, or null. */
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
