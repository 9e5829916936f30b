package io.junctor.router.spi;

import org.jspecify.annotations.Nullable;

/** An authentication method (section "Authentication Methods"). */
public enum AuthMethod {
    /** The client proves nothing; an {@link Authenticator} decides whether the client may join. */
    ANONYMOUS("anonymous"),
    TICKET("ticket"),
    WAMPCRA("wampcra"),
    SCRAM("wamp-scram"),
    /** SCRAM as Autobahn and Crossbar.io implement it, which differs from the specification. */
    AUTOBAHN_SCRAM("scram"),
    CRYPTOSIGN("cryptosign"),
    JWT("jwt"),
    TLS("tls"),
    /** The account of the program at the other end of a Unix domain socket. */
    UNIX("unix");

    private final String wire;

    AuthMethod(String wire) {
        this.wire = wire;
    }

    /** The name in {@code authmethods} and in {@code CHALLENGE}. */
    public String wire() {
        return wire;
    }

    /** True if the client sends the secret itself, so that the connection should be encrypted. */
    public boolean sendsSecret() {
        return this == TICKET || this == JWT;
    }

    /** Returns the method with this name, or null if the name is unknown. */
    public static @Nullable AuthMethod of(String wire) {
        for (AuthMethod method : values()) {
            if (method.wire.equals(wire)) {
                return method;
            }
        }
        return null;
    }
}
