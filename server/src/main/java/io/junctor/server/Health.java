package io.junctor.server;

import io.junctor.router.audit.AuditLog;
import io.junctor.server.connector.WampConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The health of a router, seen from one listener: whether the listener accepts new clients, and which problems the router has. Any client
 * may read the answer, so each problem is a fixed sentence; the details are in the log.
 *
 * @param isReady whether new clients are accepted
 * @param problems the problems, the most serious first; a router with problems may still be ready
 */
record Health(boolean isReady, List<String> problems) {
    Health {
        problems = List.copyOf(problems);
    }

    /** Returns the current health of a listener. {@code isEnding} is true if the router is about to close the listener. */
    static Health of(WampConnector connector, boolean isEnding) {
        boolean isClosing = isEnding || connector.isClosing();
        boolean isAuditFailing = AuditLog.fault() != null;
        List<String> problems = new ArrayList<>();
        if (isClosing) {
            problems.add("shutting down");
        }
        if (isAuditFailing) {
            problems.add("the audit log cannot be written");
        }
        if (connector.context().limit().isMemoryLow()) {
            problems.add("memory is low: new clients are refused");
        }
        if (ThreadStartMonitor.isExhausted()) {
            problems.add("no more threads can be started");
        }
        return new Health(!isClosing && !(isAuditFailing && AuditLog.refusesJoins()), problems);
    }

    /** Returns the most serious problem, or {@code ok}. */
    String line() {
        return problems.isEmpty() ? "ok" : problems.getFirst();
    }

    /** Returns a JSON object with {@code live}, which is always true, {@code ready} and {@code problems}. */
    String json() {
        String list = problems.stream().map(problem -> '"' + problem + '"').collect(Collectors.joining(","));
        return "{\"live\":true,\"ready\":" + isReady + ",\"problems\":[" + list + "]}";
    }
}
