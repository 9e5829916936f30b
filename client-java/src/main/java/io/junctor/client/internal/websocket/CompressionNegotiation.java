package io.junctor.client.internal.websocket;

import java.util.HashSet;
import java.util.Set;

/** Checks the server's answer to the client's offer of permessage-deflate (RFC 7692, section 7.1). */
final class CompressionNegotiation {
    static final String NAME = "permessage-deflate";

    /** The offer: both sides reset their compression window for each message, so that an idle connection holds no window. */
    static final String OFFER = NAME + "; server_no_context_takeover; client_no_context_takeover";

    private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";

    private CompressionNegotiation() {}

    /**
     * Returns whether the value of {@code Sec-WebSocket-Extensions} accepts the offer: the server resets its window for each message, and
     * no parameter is unknown, was not offered, appears twice or has an invalid value.
     */
    static boolean accepts(String answer) {
        String[] parts = answer.split(";", -1);
        Set<String> names = new HashSet<>();
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (!isParameter(parameter) || !names.add(parameter.split("=", 2)[0])) {
                return false;
            }
        }
        return parts[0].strip().equals(NAME) && names.contains(SERVER_NO_CONTEXT_TAKEOVER);
    }

    private static boolean isParameter(String parameter) {
        return parameter.equals(SERVER_NO_CONTEXT_TAKEOVER)
                || parameter.equals("client_no_context_takeover")
                || parameter.matches("server_max_window_bits=(\"?)([89]|1[0-5])\\1");
    }
}
