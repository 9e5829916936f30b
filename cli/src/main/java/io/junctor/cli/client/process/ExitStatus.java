package io.junctor.cli.client.process;

/** The exit statuses of client commands, which docs/command-line.md lists. */
public enum ExitStatus {
    /** The command did what it was asked to do. */
    OK(0),
    /** The router or the callee answered with an error. */
    REFUSED(1),
    /** The command line, its arguments, a file or a context is invalid; no connection was opened. */
    USAGE(2),
    /** The router cannot be reached, or it ended the session, or the connection was lost. */
    NO_CONNECTION(3),
    /** The router refused the login, or does not let this identity join this realm. */
    LOGIN_REFUSED(4),
    /** An awaited event or answer did not arrive in time. */
    TIMEOUT(5);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** Returns the number for {@link System#exit}. */
    public int code() {
        return code;
    }
}
