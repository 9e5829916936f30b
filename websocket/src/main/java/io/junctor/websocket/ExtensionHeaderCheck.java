package io.junctor.websocket;

import java.util.regex.Pattern;

/** Checks the form of the header {@code Sec-WebSocket-Extensions} (RFC 6455, section 9.1). */
public final class ExtensionHeaderCheck {
    // The possessive quantifiers keep the time linear in the length of the header.
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String SPACE = "[ \\t]*+";
    private static final String VALUE = "(?:" + TOKEN + "|\"" + TOKEN + "\")";
    private static final String PARAMETER = SPACE + ";" + SPACE + TOKEN + "(?:" + SPACE + "=" + SPACE + VALUE + ")?+";
    private static final String EXTENSION = TOKEN + "(?:" + PARAMETER + ")*+";
    private static final Pattern LIST = Pattern.compile("(?:" + SPACE + ",)*+" + SPACE + "(?:" + EXTENSION + SPACE
            + "(?:," + SPACE + "(?:" + EXTENSION + SPACE + ")?+)*+)?+");

    private ExtensionHeaderCheck() {}

    /**
     * Whether a value of the header is a list of extensions with parameters. Elements of the list may be empty (RFC 9110, section 5.6.1).
     * A recipient must refuse other values.
     */
    public static boolean isWellFormed(String value) {
        return LIST.matcher(value).matches();
    }
}
