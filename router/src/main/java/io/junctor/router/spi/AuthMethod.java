package io.junctor.router.spi;

import org.jspecify.annotations.Nullable;

/** Immutable. A method of authentication that asks for a proof (section "Authentication Methods"). */
public enum AuthMethod {
    TICKET("ticket"),
    WAMPCRA("wampcra"),
    SCRAM("wamp-scram"),
    /** SCRAM as Autobahn and Crossbar.io had it before it was specified. */
    AUTOBAHN_SCRAM("scram"),
    CRYPTOSIGN("cryptosign"),
    JWT("jwt"),
    TLS("tls");

    private final String wire;

    AuthMethod(String wire) {
        this.wire = wire;
    }

    /** The name in {@code authmethods} and in {@code CHALLENGE}. */
    public String wire() {
        return wire;
    }

    /** Whether the client sends the secret itself, which then should not cross a network in the open. */
    public boolean sendsSecret() {
        return this == TICKET || this == JWT;
    }

    /** The method with this name, or null. */
    public static @Nullable AuthMethod of(String wire) {
        for (AuthMethod method : values()) {
            if (method.wire.equals(wire)) {
                return method;
            }
        }
        return null;
    }
}
