package io.junctor.server.unix;

import java.io.IOException;

/** Reports that a Unix domain socket cannot be opened. The message is a clause for the author of the configuration. */
public final class UnixSocketFault extends IOException {
    private static final long serialVersionUID = 1;

    UnixSocketFault(String reason) {
        super(reason);
    }
}
