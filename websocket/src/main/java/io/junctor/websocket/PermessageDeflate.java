package io.junctor.websocket;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The parameters of the extension permessage-deflate that a server agrees to (RFC 7692, section 7.1).
 *
 * <p>Neither side keeps the window of one message for the next message: the server always answers {@code server_no_context_takeover} and
 * {@code client_no_context_takeover}. So an idle connection holds no window, and a message that the server has compressed once can be sent
 * to all clients with the same window size.
 *
 * @param serverWindowBits the base-2 logarithm of the server's window size, 8 to 15
 * @param isWindowOffered whether the client's offer limited the server's window, so that the answer must repeat it
 */
public record PermessageDeflate(int serverWindowBits, boolean isWindowOffered) {
    /** The name of the extension in {@code Sec-WebSocket-Extensions}. */
    public static final String NAME = "permessage-deflate";

    static final int MIN_WINDOW_BITS = 8;
    static final int MAX_WINDOW_BITS = 15;

    private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
    private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
    private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";
    private static final Set<String> FLAGS = Set.of(SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER);

    /**
     * Agrees to the first offer that is valid. Declines offers of other extensions, and offers with a parameter that is unknown,
     * appears twice or has an invalid value (RFC 7692, section 7.1).
     *
     * @param offers the elements of {@code Sec-WebSocket-Extensions}, each with its parameters: {@code name; parameter=value}
     */
    public static Optional<PermessageDeflate> accept(List<String> offers) {
        return offers.stream().flatMap(offer -> agree(offer).stream()).findFirst();
    }

    /** Whether the server may use the largest window. */
    public boolean hasLargestWindow() {
        return serverWindowBits == MAX_WINDOW_BITS;
    }

    /**
     * Whether a message of {@code messageBytes} may be compressed: any message with the largest window; otherwise a message that is not
     * larger than the window.
     */
    public boolean mayCompress(int messageBytes) {
        return hasLargestWindow() || messageBytes <= 1 << serverWindowBits;
    }

    /** The element that answers the offer in {@code Sec-WebSocket-Extensions}. */
    public String response() {
        String response = NAME + "; " + SERVER_NO_CONTEXT_TAKEOVER + "; " + CLIENT_NO_CONTEXT_TAKEOVER;
        return isWindowOffered ? response + "; " + SERVER_MAX_WINDOW_BITS + "=" + serverWindowBits : response;
    }

    private static Optional<PermessageDeflate> agree(String offer) {
        String[] parts = offer.split(";", -1);
        if (!parts[0].strip().equalsIgnoreCase(NAME)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : parts[i].substring(equals + 1).strip();
            if (!isValid(name, value, equals >= 0) || parameters.put(name, value) != null) {
                return Optional.empty();
            }
        }
        OptionalInt window = windowBits(parameters.getOrDefault(SERVER_MAX_WINDOW_BITS, ""));
        return Optional.of(new PermessageDeflate(window.orElse(MAX_WINDOW_BITS), window.isPresent()));
    }

    private static boolean isValid(String name, String value, boolean hasValue) {
        if (FLAGS.contains(name)) {
            return !hasValue;
        }
        return switch (name) {
            case SERVER_MAX_WINDOW_BITS -> windowBits(value).isPresent();
            case CLIENT_MAX_WINDOW_BITS -> !hasValue || windowBits(value).isPresent();
            default -> false;
        };
    }

    /** Parses a decimal number from 8 to 15 without leading zeros, which may be quoted. */
    private static OptionalInt windowBits(String value) {
        String digits = value.length() > 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
        return digits.matches("[89]|1[0-5]") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }
}
