package io.junctor.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies systemd about the state of the router, if systemd started it with {@code Type=notify} (sd_notify). The JDK cannot send
 * datagrams to a Unix domain socket, so this class runs the program {@code systemd-notify}; the unit needs {@code NotifyAccess=all}.
 * Thread-safe.
 */
final class SystemdNotification {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotification.class);
    private static final long TIMEOUT_SECONDS = 10;

    private SystemdNotification() {}

    /** Notifies systemd that clients can connect; {@code systemctl status} shows {@code status}. Blocks at most 10 s. */
    static void ready(String status) {
        notify("READY=1", "STATUS=" + status);
    }

    /** Notifies systemd that the router stops. Blocks at most 10 s. */
    static void stopping() {
        notify("STOPPING=1", "STATUS=Stopping");
    }

    private static void notify(String... variables) {
        String socket = System.getenv("NOTIFY_SOCKET");
        if (socket == null || socket.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("systemd-notify"));
        command.addAll(List.of(variables));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                LOG.warn(
                        "systemd-notify did not end in {} s, so systemd may not know {}",
                        TIMEOUT_SECONDS,
                        variables[0]);
            } else if (process.exitValue() != 0) {
                LOG.warn("systemd-notify {} ended with status {}", variables[0], process.exitValue());
            }
        } catch (IOException failure) {
            LOG.warn("systemd waits for {} of the router, but systemd-notify cannot be run", variables[0], failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
