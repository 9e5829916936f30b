package io.junctor.server.unix;

import java.io.IOException;

/** Reports that a Unix domain socket cannot be opened. The message is a clause for the author of the configuration. */
public final class UnixSocketException extends IOException {
    private static final long serialVersionUID = 1;

    UnixSocketException(String reason) {
        super(reason);
    }
}
