package io.junctor.cluster.simulation;

import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.InvokePolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks calls: each is answered once, invoked at most once and by its own realm, those of a caller reach a callee in order, and a procedure
 * with the policy {@code single} has one callee, judged by the invocations that callees accept. For one thread.
 */
final class CallPromises {
    /** A procedure that clients register. */
    record Procedure(String uri, InvokePolicy policy) {}

    /** A registration that a client has. */
    record Registration(Procedure procedure, long id) {}

    static final List<Procedure> PROCEDURES = List.of(
            new Procedure("com.one", InvokePolicy.SINGLE),
            new Procedure("com.two", InvokePolicy.SINGLE),
            new Procedure("com.shared.in.turn", InvokePolicy.ROUND_ROBIN),
            new Procedure("com.shared.first", InvokePolicy.FIRST),
            new Procedure("com.shared.last", InvokePolicy.LAST));

    private record Pair(int caller, int callee) {}

    private record Held(String realm, String uri) {}

    private final Set<Long> open = new HashSet<>();
    private final Set<Long> invoked = new HashSet<>();
    private final Map<Pair, Long> lastByPair = new HashMap<>();
    private final Map<Held, Long> holders = new HashMap<>();
    private final Set<Long> former = new HashSet<>();
    private long lastCall;

    /** Draws the number of a new call; calls of a caller have growing numbers. */
    long begin() {
        open.add(++lastCall);
        return lastCall;
    }

    /** The caller is gone, and needs no answer. */
    void forget(long call) {
        open.remove(call);
    }

    void onInvocation(SimulatedClient callee, Invocation invocation, @Nullable Registration registration) {
        World.check(
                registration != null,
                () -> callee + " has got an INVOCATION of registration " + invocation.registration()
                        + ", which it does not have");
        List<@Nullable Object> arguments = callee.positional(invocation.payload());
        World.check(callee.realm.equals(arguments.get(0)), () -> callee + " has got a call of " + arguments.get(0));
        World.check(
                registration.procedure.uri.equals(arguments.get(3)),
                () -> callee + " has got a call of the procedure " + arguments.get(3));
        int caller = (int) (long) (Long) arguments.get(1);
        long call = (Long) arguments.get(2);
        World.check(invoked.add(call), () -> callee + " has got call " + call + ", which was invoked before");
        Long before = lastByPair.put(new Pair(caller, callee.number), call);
        World.check(
                before == null || before < call,
                () -> callee + " has got call " + call + " of client " + caller + " after call " + before);
        if (registration.procedure.policy == InvokePolicy.SINGLE) {
            checkHolder(callee, registration);
        }
    }

    private void checkHolder(SimulatedClient callee, Registration registration) {
        World.check(
                !former.contains(registration.id),
                () -> callee + " has got an INVOCATION of " + registration.procedure.uri
                        + " after its successor got one");
        Long before = holders.put(new Held(callee.realm, registration.procedure.uri), registration.id);
        if (before != null && before != registration.id) {
            former.add(before);
        }
    }

    void onAnswer(SimulatedClient caller, long call, FromRouter answer) {
        World.check(open.remove(call), () -> caller + " has got a second answer to call " + call);
        if (answer instanceof Result result) {
            World.check(
                    caller.positional(result.payload()).equals(List.of(call)),
                    () -> caller + " has got the result of another call than " + call);
        } else if (answer instanceof ErrorMessage error) {
            World.check(
                    !error.error().text().equals("wamp.error.runtime_error"),
                    () -> caller + " has got an error of the router itself");
        }
    }

    /** After the end of all clients. */
    void checkAnswered() {
        World.check(open.isEmpty(), () -> "the calls " + open + " have got no answer");
    }
}
