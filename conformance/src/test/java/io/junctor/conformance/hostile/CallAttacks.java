package io.junctor.conformance.hostile;

import static io.junctor.conformance.hostile.HostileConnection.CALL;
import static io.junctor.conformance.hostile.HostileConnection.REGISTER;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attacks by calls. */
final class CallAttacks {
    private static final String LARGE = "x".repeat(1_000_000);

    private CallAttacks() {}

    /** Large calls to a callee that answers none. */
    static void neverAnsweringCallee(Attacker attacker) throws IOException, InterruptedException {
        String procedure = attacker.freshName();
        HostileConnection callee = attacker.join();
        Map<String, Object> options =
                attacker.random().nextBoolean() ? Map.of() : Map.of("invoke", "roundrobin", "concurrency", 1);
        callee.ask(REGISTER, options, procedure);
        HostileConnection caller = attacker.join();
        while (!attacker.isOver() && !caller.isClosed()) {
            int length = attacker.between(10, LARGE.length());
            caller.request(CALL, Map.of(), procedure, List.of(LARGE.substring(0, length)));
        }
    }

    /** A callee with very many open calls, which vanishes. */
    static void leavingCallee(Attacker attacker) throws IOException, InterruptedException {
        String procedure = attacker.freshName();
        HostileConnection callee = attacker.join();
        callee.ask(REGISTER, Map.of(), procedure);
        List<HostileConnection> callers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            callers.add(attacker.join());
        }
        for (int i = 0; i < 10_000 && !attacker.isOver(); i++) {
            for (HostileConnection caller : callers) {
                caller.request(CALL, Map.of(), procedure);
            }
        }
        callee.cut();
    }

    /** Calls to procedures that do not exist, as fast as they may be. */
    static void callsToNobody(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection caller = attacker.join();
        while (!attacker.isOver() && !caller.isClosed()) {
            caller.request(CALL, Map.of(), attacker.freshName());
        }
    }
}
