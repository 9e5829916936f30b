package io.junctor.wamp.auth;

import java.util.Locale;

/**
 * The challenge that a client signs for WAMP-CRA (section "Challenge Response Authentication").
 *
 * @param authid the authid that the client claims
 * @param authrole the role that the session will get
 * @param authprovider the authentication provider
 * @param nonce at least 128 random bits as text
 * @param timestamp the time, ISO 8601 in UTC
 * @param session the id that the session will get
 */
public record CraChallenge(
        String authid, String authrole, String authprovider, String nonce, String timestamp, long session) {

    /** The challenge as the JSON object that the client signs. */
    public String text() {
        return "{\"authid\": " + quoted(authid) + ", \"authrole\": " + quoted(authrole)
                + ", \"authmethod\": \"wampcra\", \"authprovider\": " + quoted(authprovider) + ", \"nonce\": "
                + quoted(nonce) + ", \"timestamp\": " + quoted(timestamp) + ", \"session\": " + session + "}";
    }

    /** Escapes all characters except printable ASCII, so that each challenge has exactly one encoding. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> append((char) c, quoted));
        return quoted.append('"').toString();
    }

    private static void append(char c, StringBuilder quoted) {
        if (c == '"' || c == '\\') {
            quoted.append('\\').append(c);
        } else if (c < ' ' || c > '~') {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
            quoted.append(c);
        }
    }
}
