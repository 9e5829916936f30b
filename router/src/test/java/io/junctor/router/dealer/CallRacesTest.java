package io.junctor.router.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
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
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.CancelOptions;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ends one call in all ways at once, in every order: its caller receives exactly one final answer and nothing after it. */
class CallRacesTest {
    private static final long SEED = Long.getLong("races.seed", 4_711);
    private static final int ROUNDS = Integer.getInteger("races.rounds", 30_000);
    private static final Uri PROCEDURE = new Uri("com.procedure");
    private static final Payload ARGUMENTS = Samples.json("[1,2]");
    private static final ResultDetails PROGRESS = new ResultDetails(true, null, Dict.EMPTY);

    private final ManualTimers timers = new ManualTimers();
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(100, 100), Runnable::run, CallRacesTest::fail);
    private final Deadlines deadlines = new Deadlines(timers, turnstile);
    private final Dealer dealer = new Dealer(
            new RandomIds(new SecureRandom()),
            RealmConfig.open("test"),
            new RealmCounters(new Counters()),
            deadlines,
            (topic, right, arguments) -> {},
            null);

    /** Who plays in one round. */
    private record Round(Random random, Seat caller, List<Seat> callees, List<List<FromRouter>> asked) {}

    @Test
    void aCallHasOneFinalAnswerInWhateverOrderThingsHappen() {
        System.out.println("CallRacesTest: -Draces.seed=" + SEED + " -Draces.rounds=" + ROUNDS);
        Random seeds = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            try {
                play(new Random(seeds.nextLong()), 3L * i + 1);
            } catch (AssertionError e) {
                throw new AssertionError("round " + i, e);
            }
        }
    }

    private void play(Random random, long firstId) {
        Seat caller = new Seat(firstId, Serializer.JSON);
        List<Seat> callees = List.of(callee(random, firstId + 1), callee(random, firstId + 2));
        InvokePolicy invoke = InvokePolicy.values()[1 + random.nextInt(4)];
        for (Seat callee : callees) {
            act(() -> dealer.onRegister(callee.session, new Register(1, options(random, invoke), PROCEDURE)));
            callee.received();
        }
        boolean progress = random.nextBoolean();
        CallMessageOptions options =
                new CallMessageOptions(random.nextInt(20), progress, false, false, null, List.of(), Dict.EMPTY);
        act(() -> dealer.onCall(caller.session, new Call(7, options, PROCEDURE, ARGUMENTS), SenderDisclosure.PLAIN));
        List<FromRouter> heard = new ArrayList<>();
        List<List<FromRouter>> asked = List.of(new ArrayList<>(), new ArrayList<>());
        Round round = new Round(random, caller, callees, asked);
        for (int step = 0; step < 8; step++) {
            for (int i = 0; i < 2; i++) {
                asked.get(i).addAll(callees.get(i).received());
            }
            happen(round);
            heard.addAll(caller.received());
        }
        for (int i = 0; i < 2; i++) {
            asked.get(i).addAll(callees.get(i).received());
        }
        boolean callerStayed = caller.session.isOpen();
        callees.forEach(this::leave);
        heard.addAll(caller.received());
        leave(caller);
        check(heard, asked, callerStayed, progress);
    }

    private void check(List<FromRouter> heard, List<List<FromRouter>> asked, boolean callerStayed, boolean progress) {
        List<FromRouter> last = heard.stream().filter(CallRacesTest::isFinal).toList();
        assertThat(last).hasSizeLessThanOrEqualTo(1);
        if (callerStayed) {
            assertThat(last).hasSize(1);
            assertThat(heard.getLast()).isSameAs(last.getFirst());
        }
        assertThat(heard.size() == last.size() || progress).isTrue();
        asked.forEach(CallRacesTest::checkCallee);
        assertThat(dealer.pendingCalls()).isZero();
        assertThat(dealer.registrations()).isZero();
        assertThat(deadlines.size()).isZero();
    }

    /** At most one invocation, then interrupts of it: one that asks to stop, at most one more that wants no answer. */
    private static void checkCallee(List<FromRouter> asked) {
        Set<Long> invoked = new HashSet<>();
        int interrupts = 0;
        for (FromRouter message : asked) {
            if (message instanceof Invocation invocation) {
                invoked.add(invocation.request());
            } else {
                assertThat(invoked).contains(((Interrupt) message).request());
                interrupts++;
            }
        }
        assertThat(invoked).hasSizeLessThanOrEqualTo(1);
        assertThat(interrupts).isLessThanOrEqualTo(2);
    }

    private void happen(Round round) {
        Random random = round.random;
        int index = random.nextInt(2);
        Seat callee = round.callees.get(index);
        boolean present = callee.session.isOpen();
        boolean invoked = present && !round.asked.get(index).isEmpty();
        switch (random.nextInt(10)) {
            case 0, 1 -> timers.advance(Duration.ofMillis(random.nextInt(12)));
            case 2 -> cancel(round.caller, CancelMode.values()[random.nextInt(3)]);
            case 3, 4 -> when(invoked, () -> dealer.onError(callee.session, errorOf("wamp.error.unavailable")));
            case 5 -> when(invoked, () -> dealer.onError(callee.session, errorOf("com.example.error")));
            case 6 -> when(invoked, () -> dealer.onYield(callee.session, new Yield(1, PROGRESS, ARGUMENTS)));
            case 7 -> when(invoked, () -> dealer.onYield(callee.session, new Yield(1, ResultDetails.FINAL, ARGUMENTS)));
            case 8 -> when(present && random.nextInt(3) == 0, () -> leave(callee));
            default -> when(random.nextInt(6) == 0, () -> leave(round.caller));
        }
    }

    private void cancel(Seat caller, CancelMode mode) {
        when(
                caller.session.isOpen(),
                () -> dealer.onCancel(caller.session, new Cancel(7, new CancelOptions(mode, Dict.EMPTY))));
    }

    private static RegisterMessageOptions options(Random random, InvokePolicy invoke) {
        return new RegisterMessageOptions(
                MatchPolicy.EXACT, invoke, false, random.nextBoolean(), List.of(), Dict.EMPTY);
    }

    private static Seat callee(Random random, long id) {
        Set<Feature> features = new HashSet<>();
        for (Feature feature : List.of(Feature.CALL_CANCELING, Feature.CALL_REROUTE, Feature.CALL_TIMEOUT)) {
            if (random.nextInt(3) > 0) {
                features.add(feature);
            }
        }
        return new Seat(id, Serializer.JSON, RealmLimits.DEFAULT, Seat.allRoles(features));
    }

    private static boolean isFinal(FromRouter message) {
        return message instanceof ErrorMessage
                || (message instanceof Result result && !result.details().progress());
    }

    private static ErrorMessage errorOf(String uri) {
        return new ErrorMessage(Invocation.CODE, 1, ErrorDetails.NONE, new Uri(uri), ARGUMENTS);
    }

    private void leave(Seat seat) {
        if (seat.session.isOpen()) {
            act(() -> {
                seat.session.markLeft();
                dealer.onLeave(seat.session, () -> {});
            });
        }
    }

    private static void when(boolean possible, Runnable operation) {
        if (possible) {
            act(operation);
        }
    }

    private static void act(Runnable operation) {
        try (Pass pass = Pass.open()) {
            operation.run();
        }
    }

    private static void fail(Throwable fault) {
        throw new AssertionError("in the turn", fault);
    }
}
