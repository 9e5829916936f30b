package io.junctor.server;

import io.junctor.router.config.listener.ListenAddress;
import org.jspecify.annotations.Nullable;

/** Reports that a listener cannot be opened. The message is one sentence for the author of the configuration. */
public final class ListenException extends Exception {
    private static final long serialVersionUID = 1;

    private final String address;
    private final String reason;

    /** Creates a failure that concerns all listeners. */
    public ListenException(String message) {
        super(message);
        this.address = "";
        this.reason = message;
    }

    ListenException(String message, Throwable cause) {
        super(message, cause);
        this.address = "";
        this.reason = message;
    }

    ListenException(ListenAddress address, String reason, Throwable cause) {
        this(address.toString(), "", reason, cause);
    }

    private ListenException(String address, String place, String reason, @Nullable Throwable cause) {
        super("Cannot listen on " + address + place + ": " + reason + ".", cause);
        this.address = address;
        this.reason = reason;
    }

    /** Returns the same failure with a message that names the position of the listener in the configuration. */
    ListenException ofListener(int number, int count) {
        return count == 1 || address.isEmpty()
                ? this
                : new ListenException(address, " (listener " + number + " of " + count + ")", reason, getCause());
    }
}
