package io.junctor.server;

import io.junctor.router.audit.AuditLog;
import io.junctor.server.connector.WampConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a listener takes new clients, and what is wrong. Immutable. Any client may read it, so the problems are fixed
 * sentences; the log says more.
 *
 * @param isReady whether new clients are taken
 * @param problems what is wrong, the worst first; a router with problems may be ready
 */
record Health(boolean isReady, List<String> problems) {
    Health {
        problems = List.copyOf(problems);
    }

    /** The health of a listener at this moment. {@code isEnding} says that the router is about to close it. */
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
        if (ThreadSupply.isExhausted()) {
            problems.add("no more threads can be started");
        }
        return new Health(!isClosing && !(isAuditFailing && AuditLog.refusesJoins()), problems);
    }

    /** The worst problem, or {@code ok}. */
    String line() {
        return problems.isEmpty() ? "ok" : problems.getFirst();
    }

    /** A JSON object with {@code live}, which is true in each answer, {@code ready} and {@code problems}. */
    String json() {
        String list = problems.stream().map(problem -> '"' + problem + '"').collect(Collectors.joining(","));
        return "{\"live\":true,\"ready\":" + isReady + ",\"problems\":[" + list + "]}";
    }
}
