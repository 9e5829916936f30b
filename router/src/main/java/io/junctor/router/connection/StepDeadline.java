package io.junctor.router.connection;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The deadline of the client's next message: HELLO, AUTHENTICATE or GOODBYE. Used by the thread that handles the connection. */
public final class StepDeadline {
    private static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(5);

    private final ListenerLimits limits;
    private final Timers timers;
    private volatile Timers.@Nullable Timer timer;

    public StepDeadline(ListenerLimits limits, Timers timers) {
        this.limits = limits;
        this.timers = timers;
    }

    public void awaitHello(Runnable onTimeout) {
        timer = timers.after(limits.helloTimeout(), onTimeout);
    }

    public void awaitAuthenticate(Runnable onTimeout) {
        timer = timers.after(limits.authTimeout(), onTimeout);
    }

    public void awaitGoodbye(Runnable onTimeout) {
        timer = timers.after(GOODBYE_TIMEOUT, onTimeout);
    }

    public void cancel() {
        Timers.Timer due = timer;
        if (due != null) {
            timer = null;
            due.cancel();
        }
    }
}
