package io.junctor.router.config.listener;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the console of a listener, a web page that shows an operator the state of the router.
 *
 * @param serving when the listener serves it
 * @param path the path of the page, without a slash at its end
 * @param role the role that a session must have to use the page; null for any role. In any case, the permissions of the role decide which
 *     data the session can see
 */
public record ConsoleConfig(
        Serving serving, String path, @Nullable String role) {
    /** The pattern that the path of a console must match. */
    public static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    /** The default: listeners on loopback addresses serve the console at {@code /console}. */
    public static final ConsoleConfig DEFAULT = new ConsoleConfig(Serving.LOOPBACK, "/console", null);

    /** The condition under which a listener serves its console. */
    public enum Serving {
        /** The listener never serves the console. */
        NEVER,
        /** The listener serves the console if it is on a loopback address and no proxy is in front of it. */
        LOOPBACK,
        /** The listener always serves the console. */
        ALWAYS
    }

    /** Checks the path. */
    public ConsoleConfig {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("the path of the console must be a path such as /console, not " + path);
        }
    }
}
