package io.junctor.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to processes of a test. Thread-safe. */
public final class ProcessSignals {
    private ProcessSignals() {}

    /** Sends a signal, such as {@code STOP}, {@code CONT} or {@code KILL}. */
    public static void send(String name, long pid) {
        try {
            CompletedProcess kill = CompletedProcess.run(new ProcessBuilder("kill", "-" + name, Long.toString(pid)));
            if (kill.status() != 0) {
                throw new AssertionError("kill -" + name + " " + pid + ": " + kill.output());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a signal was sent", e);
        }
    }
}
