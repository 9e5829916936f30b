package io.junctor.cli.client.process;

/** Closes something when a signal such as Ctrl-C ends the process. Confined to the main thread. */
public final class SignalHook implements AutoCloseable {
    private final Thread hook;

    private SignalHook(Thread hook) {
        this.hook = hook;
    }

    /** What the hook closes. */
    @FunctionalInterface
    public interface Closing {
        /** Runs on a thread of its own. */
        void close();
    }

    public static SignalHook closing(Closing closing) {
        Thread hook = new Thread(closing::close, "leave");
        Runtime.getRuntime().addShutdownHook(hook);
        return new SignalHook(hook);
    }

    /** The end of the command comes before any signal. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException signalCame) {
            // The hook is running.
        }
    }
}
