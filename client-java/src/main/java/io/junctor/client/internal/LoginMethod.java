package io.junctor.client.internal;

import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/** An authentication method of a client, as {@code HELLO} announces it. Thread-safe. */
public interface LoginMethod {
    /** The name in {@code HELLO.Details.authmethods}. */
    String method();

    /** The requested {@code authid}, or null. */
    @Nullable
    String authid();

    /** The requested {@code authrole}, or null. */
    @Nullable
    String authrole();

    /**
     * Begins one login over a connection.
     *
     * @throws ChallengeResponder.CannotAnswerException if the connection has no channel binding but one is required
     */
    Login begin(Transport transport);

    /**
     * One login.
     *
     * @param authextra the method's part of {@code HELLO.Details}
     * @param responder answers the router's {@code CHALLENGE}
     */
    record Login(Dict authextra, ChallengeResponder responder) {}
}
