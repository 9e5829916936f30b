package io.junctor.router.authentication;

import io.junctor.wamp.message.Hello;
import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@code HELLO} for the logs. Long texts are cut, because the object is stored as long as the connection exists. It contains no
 * secrets.
 *
 * @param realm the realm, or null
 * @param methods the authentication methods that the client offered
 * @param authid the authid that the client asked for, or null
 * @param authrole the authrole that the client asked for, or null
 * @param agent the name of the client library, or null
 */
public record HelloSummary(
        @Nullable String realm,
        String methods,
        @Nullable String authid,
        @Nullable String authrole,
        @Nullable String agent) {
    /** The number of characters kept of a text: one more than the audit log shows, so that the audit log can mark a cut text. */
    private static final int KEPT_CHARACTERS = 257;
    /** The number of characters of a text that the log shows. */
    private static final int SHOWN_CHARACTERS = 100;

    public static HelloSummary of(Hello hello) {
        return new HelloSummary(
                cut(hello.realm() == null ? null : hello.realm().text()),
                String.valueOf(cut(hello.details().authmethods().toString())),
                cut(hello.details().authid()),
                cut(hello.details().authrole()),
                cut(hello.details().agent()));
    }

    /** The text for the log. */
    public String text() {
        return "; asked for realm '" + shown(realm == null ? "" : realm) + "' by " + shown(methods);
    }

    /** The entries for the audit log. */
    public Dict.Builder audit() {
        return new Dict.Builder().put("realm", realm).put("authid", authid).put("authrole", authrole);
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= KEPT_CHARACTERS ? text : text.substring(0, KEPT_CHARACTERS);
    }

    /** Cuts a text of a client and replaces control characters, so that it cannot forge a line of the log. */
    public static String shown(String text) {
        String start = text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS));
        return start.replaceAll("\\p{C}", "?");
    }
}
