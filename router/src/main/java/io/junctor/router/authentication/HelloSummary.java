package io.junctor.router.authentication;

import io.junctor.wamp.message.Hello;
import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. What a client asked for in {@code HELLO}, as the logs show it, each text cut: it is kept as long as the connection. Nothing secret
 * is in it.
 *
 * @param realm the realm, or null
 * @param methods the authentication methods that it offered
 * @param authid who it said it is, or null
 * @param authrole the role that it asked for, or null
 */
public record HelloSummary(
        @Nullable String realm,
        String methods,
        @Nullable String authid,
        @Nullable String authrole) {
    /** One character more than the audit log shows, which marks what it cuts. */
    private static final int KEPT_CHARACTERS = 257;
    /** So many characters of what a client says are shown in the log. */
    private static final int SHOWN_CHARACTERS = 100;

    public static HelloSummary of(Hello hello) {
        return new HelloSummary(
                cut(hello.realm() == null ? null : hello.realm().text()),
                String.valueOf(cut(hello.details().authmethods().toString())),
                cut(hello.details().authid()),
                cut(hello.details().authrole()));
    }

    /** For the log. */
    public String text() {
        return "; asked for realm '" + shown(realm == null ? "" : realm) + "' by " + shown(methods);
    }

    /** For the audit log. */
    public Dict.Builder audit() {
        return new Dict.Builder().put("realm", realm).put("authid", authid).put("authrole", authrole);
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= KEPT_CHARACTERS ? text : text.substring(0, KEPT_CHARACTERS);
    }

    /** A client can put anything into a name: no line of a log becomes two by it, or long. */
    private static String shown(String text) {
        String start = text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS));
        return start.replaceAll("\\p{C}", "?");
    }
}
