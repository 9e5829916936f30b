package io.junctor.router.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.authorization.UriCheck;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Samples;
import io.junctor.router.session.Seat;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.ManualTimers;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.CancelOptions;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.RegisterExtensions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Adds, removes, revokes and replaces callees, of which some are busy, slow or silent, while calls are open: each caller receives exactly one
 * final answer, no callee receives a call twice or more calls than its limit, and nothing is left at the end.
 */
class CalleeRacesTest {
    private static final long SEED = Long.getLong("races.seed", 4_711);
    private static final int ROUNDS = Integer.getInteger("races.rounds", 20_000);
    private static final int STEPS = 24;
    private static final int CALLEES = 3;
    private static final Uri PROCEDURE = new Uri("com.procedure");
    private static final ResultDetails PROGRESS = new ResultDetails(true, null, Dict.EMPTY);

    private final ManualTimers timers = new ManualTimers();
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(100, 100), Runnable::run, CalleeRacesTest::fail);
    private final Deadlines deadlines = new Deadlines(timers, turnstile);
    private final Dealer dealer = new Dealer(
            new RandomIds(new SecureRandom()),
            RealmConfig.open("test"),
            new RealmCounters(new Counters()),
            deadlines,
            (uri, right, values) -> {},
            null);

    private Random random = new Random(SEED);
    private Seat caller = new Seat(1, Serializer.JSON);
    private final List<Answerer> callees = new ArrayList<>();
    private final Map<Long, OneCall> calls = new HashMap<>();
    private InvokePolicy invoke = InvokePolicy.SINGLE;
    private RegisterExtensions extensions = RegisterExtensions.NONE;
    private long nextSession = 1;
    private long lastRequest;

    /** What is known of a call. */
    private static final class OneCall {
        final boolean progress;
        boolean expectsMoreParts;
        boolean over;

        OneCall(boolean progress, boolean expectsMoreParts) {
            this.progress = progress;
            this.expectsMoreParts = expectsMoreParts;
        }
    }

    /** A callee and what it was sent. */
    private static final class Answerer {
        final Seat seat;
        final Map<Long, Long> requestByInvocation = new HashMap<>();
        final Set<Long> answered = new HashSet<>();
        final Set<Long> requests = new HashSet<>();
        long registration;
        int registrations;
        boolean held;

        Answerer(Seat seat) {
            this.seat = seat;
        }
    }

    @Test
    void whateverHappensToCalleesACallHasOneAnswerAndIsNeverSentTwice() {
        System.out.println("CalleeRacesTest: -Draces.seed=" + SEED + " -Draces.rounds=" + ROUNDS);
        Random seeds = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            try {
                random = new Random(seeds.nextLong());
                play();
            } catch (AssertionError e) {
                throw new AssertionError("round " + i, e);
            }
        }
    }

    private void play() {
        begin();
        for (int step = 0; step < STEPS; step++) {
            happen();
            hear();
        }
        boolean stayed = caller.session.isOpen();
        List.copyOf(callees).forEach(this::leave);
        hear();
        assertThat(calls.values()).allMatch(call -> call.over || !stayed);
        act(() -> leave(caller));
        assertThat(dealer.pendingCalls()).isZero();
        assertThat(dealer.registrations()).isZero();
        assertThat(deadlines.size()).isZero();
    }

    private void begin() {
        caller = new Seat(++nextSession, Serializer.JSON);
        callees.clear();
        calls.clear();
        lastRequest = 0;
        invoke = InvokePolicy.values()[random.nextInt(InvokePolicy.values().length)];
        extensions = new RegisterExtensions(random.nextInt(3), false, random.nextInt(3) == 0);
        for (int i = 0; i < CALLEES; i++) {
            join();
        }
    }

    private void join() {
        Set<Feature> features = new HashSet<>();
        for (Feature feature : List.of(
                Feature.CALL_CANCELING,
                Feature.CALL_REROUTE,
                Feature.CALL_TIMEOUT,
                Feature.PROGRESSIVE_CALL_INVOCATIONS,
                Feature.REGISTRATION_REVOCATION)) {
            if (random.nextInt(4) > 0) {
                features.add(feature);
            }
        }
        Seat seat = new Seat(++nextSession, Serializer.JSON, RealmLimits.DEFAULT, Seat.allRoles(features));
        seat.answersProbes = random.nextBoolean();
        Answerer callee = new Answerer(seat);
        callees.add(callee);
        register(callee, false);
    }

    private void happen() {
        Answerer callee = callees.isEmpty() ? null : callees.get(random.nextInt(callees.size()));
        int what = random.nextInt(24);
        if (what < 6) {
            call();
        } else if (what < 8) {
            cancelOrGoOn();
        } else if (what < 9) {
            timers.advance(Duration.ofMillis(random.nextInt(15)));
        } else if (what < 10 && callees.size() < CALLEES) {
            join();
        } else if (what == 23 && random.nextInt(8) == 0) {
            act(() -> leave(caller));
        } else if (callee != null) {
            happenTo(callee, what);
        }
    }

    private void happenTo(Answerer callee, int what) {
        switch (what) {
            case 10 -> register(callee, false);
            case 11 -> register(callee, random.nextBoolean());
            case 12 -> act(() -> dealer.onUnregister(callee.seat.session, new Unregister(9, callee.registration)));
            case 13 -> revoke(callee);
            case 14 -> leave(callee);
            case 15, 16 -> holdOrFlow(callee);
            case 17 -> answerProbes(callee);
            default -> answer(callee);
        }
    }

    // ---- What the caller does.

    private void call() {
        if (!caller.session.isOpen()) {
            return;
        }
        long request = ++lastRequest;
        OneCall call = new OneCall(random.nextBoolean(), random.nextInt(4) == 0);
        calls.put(request, call);
        CallMessageOptions options = new CallMessageOptions(
                random.nextInt(20), call.progress, call.expectsMoreParts, false, null, List.of(), Dict.EMPTY);
        act(() -> dealer.onCall(caller.session, callOf(request, options), SenderDisclosure.PLAIN));
    }

    private void cancelOrGoOn() {
        if (!caller.session.isOpen() || lastRequest == 0) {
            return;
        }
        long request = 1 + random.nextLong(lastRequest);
        OneCall call = calls.get(request);
        if (call.expectsMoreParts && random.nextBoolean()) {
            call.expectsMoreParts = random.nextBoolean();
            CallMessageOptions options =
                    new CallMessageOptions(0, false, call.expectsMoreParts, false, null, List.of(), Dict.EMPTY);
            act(() -> dealer.onPart(caller.session, callOf(request, options)));
        } else {
            CancelMode mode = CancelMode.values()[random.nextInt(3)];
            act(() -> dealer.onCancel(caller.session, new Cancel(request, new CancelOptions(mode, Dict.EMPTY))));
        }
    }

    private static Call callOf(long request, CallMessageOptions options) {
        return new Call(request, options, PROCEDURE, Samples.json("[" + request + "]"));
    }

    // ---- What callees do, and what is done to them.

    private void register(Answerer callee, boolean force) {
        RegisterExtensions wanted = new RegisterExtensions(extensions.concurrency(), force, extensions.leastPending());
        RegisterMessageOptions options = new RegisterMessageOptions(
                MatchPolicy.EXACT, invoke, false, random.nextBoolean(), wanted, List.of(), Dict.EMPTY);
        act(() -> dealer.onRegister(callee.seat.session, new Register(8, options, PROCEDURE)));
    }

    private void revoke(Answerer callee) {
        MetaArguments arguments =
                new MetaArguments(Arguments.of(callee.registration, callee.seat.session.id()), UriCheck.DEFAULT);
        act(() -> {
            if (callee.registration != 0
                    && dealer.procedures()
                                    .get("wamp.registration.remove_callee")
                                    .call(caller.session, arguments)
                            instanceof MetaAnswer.Values values) {
                values.after().run();
            }
        });
    }

    private void holdOrFlow(Answerer callee) {
        if (callee.held) {
            act(callee.seat.connection::flow);
            hear(callee);
        } else {
            callee.seat.connection.hold();
        }
        callee.held = !callee.held;
    }

    private void answerProbes(Answerer callee) {
        List<Runnable> probes = List.copyOf(callee.seat.probes);
        callee.seat.probes.clear();
        probes.forEach(this::act);
    }

    private void answer(Answerer callee) {
        List<Long> open = callee.requestByInvocation.keySet().stream()
                .filter(invocation -> !callee.answered.contains(invocation))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        long invocation = open.get(random.nextInt(open.size()));
        int how = random.nextInt(6);
        if (how > 0) {
            callee.answered.add(invocation);
        }
        act(() -> {
            switch (how) {
                case 0 -> dealer.onYield(callee.seat.session, new Yield(invocation, PROGRESS, Samples.json("[0]")));
                case 1, 2 -> dealer.onError(callee.seat.session, errorOf(invocation, "wamp.error.unavailable"));
                case 3 -> dealer.onError(callee.seat.session, errorOf(invocation, "com.example.error"));
                default ->
                    dealer.onYield(
                            callee.seat.session, new Yield(invocation, ResultDetails.FINAL, Samples.json("[0]")));
            }
        });
    }

    private static ErrorMessage errorOf(long invocation, String uri) {
        return new ErrorMessage(Invocation.CODE, invocation, ErrorDetails.NONE, new Uri(uri), Samples.json("[0]"));
    }

    private void leave(Answerer callee) {
        callees.remove(callee);
        act(() -> leave(callee.seat));
        callee.held = true;
        act(callee.seat.connection::flow);
        hear(callee);
    }

    private void leave(Seat seat) {
        if (seat.session.isOpen()) {
            seat.session.markLeft();
            dealer.onLeave(seat.session, () -> {});
        }
    }

    // ---- What the sessions receive.

    private void hear() {
        callees.forEach(this::hear);
        for (FromRouter message : caller.received()) {
            long request = message instanceof Result result ? result.request() : ((ErrorMessage) message).request();
            OneCall call = calls.get(request);
            assertThat(call.over).as("the end of call " + request).isFalse();
            call.over = !(message instanceof Result result) || !result.details().progress();
            assertThat(call.over || call.progress).isTrue();
        }
        callees.forEach(this::expectNotMoreThanItWants);
        callees.stream()
                .filter(callee -> callee.seat.asked.remove("silent"))
                .toList()
                .forEach(this::leave);
    }

    /** Only of its first registration: what is open of an earlier one does not count. */
    private void expectNotMoreThanItWants(Answerer callee) {
        long open = callee.requestByInvocation.entrySet().stream()
                .filter(entry -> !callee.answered.contains(entry.getKey()) && !calls.get(entry.getValue()).over)
                .count();
        boolean limitedCallees =
                extensions.concurrency() > 0 && callee.registrations == 1 && caller.session.isOpen() && !callee.held;
        assertThat(!limitedCallees || open <= extensions.concurrency())
                .as(open + " open")
                .isTrue();
    }

    private void hear(Answerer callee) {
        for (FromRouter message : callee.seat.received()) {
            switch (message) {
                case Registered registered -> {
                    callee.registration = registered.registration();
                    callee.registrations++;
                }
                case Unregistered ignored -> {}
                case Invocation invocation -> invoked(callee, invocation);
                default -> {}
            }
        }
    }

    private void invoked(Answerer callee, Invocation invocation) {
        String text = Samples.text(invocation.payload());
        long request = Long.parseLong(text.substring(1, text.length() - 1));
        OneCall call = calls.get(request);
        boolean part = callee.requestByInvocation.containsKey(invocation.request());
        if (!part) {
            assertThat(callee.requests.add(request))
                    .as("call " + request + " is new to this callee")
                    .isTrue();
            callee.requestByInvocation.put(invocation.request(), request);
            assertThat(invocation.request()).as("counted by one").isEqualTo(callee.requestByInvocation.size());
        }
        // What waits for a client that takes nothing may be over when it gets it.
        assertThat(call.over && !callee.held).as("call " + request + " is over").isFalse();
    }

    private void act(Runnable operation) {
        try (Pass pass = Pass.open()) {
            turnstile.run(operation);
        }
    }

    private static void fail(Throwable fault) {
        throw new AssertionError("in the turn", fault);
    }
}
