package io.junctor.wamp.auth;

import java.util.Locale;

/**
 * Immutable. What a router asks a client to sign (section "Challenge Response Authentication").
 *
 * @param authid who the client says it is
 * @param authrole the role it would get
 * @param authprovider who checks it
 * @param nonce at least 128 random bits as text
 * @param timestamp the time, ISO 8601 in UTC
 * @param session the id of the session to be
 */
public record CraChallenge(
        String authid, String authrole, String authprovider, String nonce, String timestamp, long session) {

    /** The JSON object to sign. */
    public String text() {
        return "{\"authid\": " + quoted(authid) + ", \"authrole\": " + quoted(authrole)
                + ", \"authmethod\": \"wampcra\", \"authprovider\": " + quoted(authprovider) + ", \"nonce\": "
                + quoted(nonce) + ", \"timestamp\": " + quoted(timestamp) + ", \"session\": " + session + "}";
    }

    /** Everything but printable ASCII is escaped, so that no two encodings of one challenge exist. */
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
