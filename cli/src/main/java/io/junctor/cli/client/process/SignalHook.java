package io.junctor.cli.client.process;

/** Closes a resource when a signal such as Ctrl-C ends the process. Confined to the main thread. */
public final class SignalHook implements AutoCloseable {
    private final Thread hook;

    private SignalHook(Thread hook) {
        this.hook = hook;
    }

    /** Closes the resource. */
    @FunctionalInterface
    public interface CloseAction {
        /** Closes the resource; runs on a separate thread. */
        void close();
    }

    public static SignalHook closing(CloseAction action) {
        Thread hook = new Thread(action::close, "leave");
        Runtime.getRuntime().addShutdownHook(hook);
        return new SignalHook(hook);
    }

    /** Removes the hook, because the command has ended before any signal. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException signalCame) {
            // The hook is already running.
        }
    }
}
