package io.junctor.conformance.hostile;

import static io.junctor.conformance.hostile.HostileConnection.CALL;
import static io.junctor.conformance.hostile.HostileConnection.REGISTER;

import java.io.IOException;
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
        int calls = attacker.between(100, 300);
        for (int i = 0; i < calls && attacker.mayUse(caller); i++) {
            int length = attacker.between(10, LARGE.length());
            caller.request(CALL, Map.of(), procedure, List.of(LARGE.substring(0, length)));
        }
    }

    /** A callee with very many open calls, which vanishes. */
    static void leavingCallee(Attacker attacker) throws IOException, InterruptedException {
        String procedure = attacker.freshName();
        HostileConnection callee = attacker.join();
        callee.ask(REGISTER, Map.of(), procedure);
        List<HostileConnection> callers = attacker.join(10);
        int callsEach = attacker.between(2_000, 8_000);
        for (int i = 0; i < callsEach && attacker.mayUse(callee); i++) {
            for (HostileConnection caller : callers) {
                caller.request(CALL, Map.of(), procedure);
            }
        }
        callee.cut();
    }

    /** Calls to procedures that do not exist, as fast as they may be. */
    static void callsToNobody(Attacker attacker) throws IOException, InterruptedException {
        HostileConnection caller = attacker.join();
        int calls = attacker.between(20_000, 60_000);
        for (int i = 0; i < calls && attacker.mayUse(caller); i++) {
            caller.request(CALL, Map.of(), attacker.freshName());
        }
    }
}
