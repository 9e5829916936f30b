package io.junctor.router.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Samples;
import io.junctor.router.session.Seat;
import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.ManualTimers;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.SlicedWork;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.CancelOptions;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A session with much that is open leaves: others get the turn in between, and find a router that keeps its promises. */
class DepartureTest {
    private static final Uri PROCEDURE = new Uri("com.procedure");
    private static final int OPEN = 2 * SlicedWork.SLICE + 500;

    private final Counters counters = new Counters();
    private final List<Throwable> faults = new ArrayList<>();
    private final Deque<Runnable> workers = new ArrayDeque<>();
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(1_000, 1_000), workers::add, faults::add);
    private final Deadlines deadlines = new Deadlines(new ManualTimers(), turnstile);
    private final Dealer dealer = new Dealer(
            new RandomIds(new SecureRandom()),
            RealmConfig.open("test"),
            new RealmCounters(counters),
            deadlines,
            (topic, right, arguments) -> {},
            null);
    private final Seat caller = new Seat(1, Serializer.JSON);
    private final Seat callee = new Seat(2, Serializer.JSON);
    private final Seat other = new Seat(3, Serializer.JSON, Seat.SMALL, Seat.allRoles(Set.of(Feature.CALL_CANCELING)));
    private final List<String> ended = new ArrayList<>();

    @Test
    void theCallsOfACalleeThatLeavesEndInSlicesAndEachOnce() {
        inTurn(() -> dealer.onRegister(callee.session, registerOf(PROCEDURE)));
        inTurn(() -> LongStream.rangeClosed(1, OPEN).forEach(this::call));
        inTurn(() -> leave(callee));
        assertThat(dealer.pendingCalls()).isEqualTo(OPEN - SlicedWork.SLICE + 1);
        assertThat(ended).isEmpty();
        // Whichever of them is still open: it is answered now, and not again.
        inTurn(() -> LongStream.rangeClosed(1, OPEN)
                .forEach(request -> dealer.onCancel(
                        caller.session, new Cancel(request, new CancelOptions(CancelMode.SKIP, Dict.EMPTY)))));
        assertThat(dealer.pendingCalls()).isZero();
        runWorkers();
        assertThat(ended).containsExactly("left");
        assertThat(caller.received())
                .hasSize(OPEN)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(ErrorMessage.class))
                .extracting(answer -> ((ErrorMessage) answer).request())
                .doesNotHaveDuplicates();
    }

    @Test
    void openCallsCountAmongTheBytesOfAllOutboxesUntilTheyEnd() {
        inTurn(() -> dealer.onRegister(callee.session, registerOf(PROCEDURE)));
        inTurn(() -> LongStream.rangeClosed(1, OPEN).forEach(this::call));
        caller.received();
        assertThat(caller.session.budget().totalBytes()).isGreaterThan(OPEN * 256L - OutboxBudget.STEP_BYTES);
        inTurn(() -> leave(callee));
        runWorkers();
        caller.received();
        assertThat(caller.session.budget().totalBytes()).isLessThan(OutboxBudget.STEP_BYTES);
    }

    @Test
    void whileAllOutboxesHoldTooMuchACallerHasAnEqualShareOfOpenCalls() {
        OutboxBudget budget = caller.session.budget();
        inTurn(() -> dealer.onRegister(callee.session, registerOf(PROCEDURE)));
        budget.add(Seat.PRESSURE_FROM + Seat.PRESSURE_FROM / 8 * 3 + 1);
        budget.outboxes((int) (Seat.PRESSURE_FROM / 10_000));
        inTurn(() -> LongStream.rangeClosed(1, 100).forEach(this::call));
        assertThat(dealer.pendingCalls()).isBetween(10, 40);
        assertThat(counters.value(Counter.REQUESTS_OVER_LIMIT)).isEqualTo(100 - dealer.pendingCalls());
    }

    @Test
    void noTurnOfADepartureDoesMoreThanASlice() {
        inTurn(() -> dealer.onRegister(callee.session, registerOf(PROCEDURE)));
        inTurn(() -> LongStream.rangeClosed(1, OPEN).forEach(this::call));
        inTurn(() -> leave(callee));
        for (int before = dealer.pendingCalls(); !workers.isEmpty(); before = dealer.pendingCalls()) {
            workers.remove().run();
            assertThat(before - dealer.pendingCalls()).isLessThanOrEqualTo(SlicedWork.SLICE);
        }
        assertThat(counters.value(Counter.CALLS_FAILED)).isEqualTo(OPEN);
        assertThat(ended).containsExactly("left");
    }

    @Test
    void theCallsOfACallerThatLeavesAreInterruptedInSlices() {
        Seat able =
                new Seat(5, Serializer.JSON, caller.session.limits(), Seat.allRoles(Set.of(Feature.CALL_CANCELING)));
        inTurn(() -> dealer.onRegister(able.session, registerOf(PROCEDURE)));
        inTurn(() -> LongStream.rangeClosed(1, OPEN).forEach(this::call));
        able.received();
        inTurn(() -> leave(caller));
        assertThat(able.received()).hasSize(SlicedWork.SLICE);
        runWorkers();
        assertThat(able.received())
                .hasSize(OPEN - SlicedWork.SLICE)
                .allSatisfy(message -> assertThat(message).isInstanceOf(Interrupt.class));
        assertThat(ended).containsExactly("left");
    }

    @Test
    void manyRegistrationsEndInSlicesAndWhoWantsOneMeanwhileGetsIt() {
        inTurn(() -> LongStream.range(0, OPEN)
                .forEach(i -> dealer.onRegister(callee.session, registerOf(new Uri("com.procedure" + i)))));
        inTurn(() -> leave(callee));
        assertThat(dealer.registrations()).isEqualTo(OPEN - SlicedWork.SLICE);
        List<Uri> wanted = List.of(new Uri("com.procedure0"), new Uri("com.procedure" + (OPEN - 1)));
        inTurn(() -> wanted.forEach(uri -> dealer.onRegister(other.session, registerOf(uri))));
        runWorkers();
        assertThat(dealer.registrations()).isEqualTo(2);
        assertThat(other.received())
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(Registered.class));
        assertThat(ended).containsExactly("left");
    }

    @Test
    void aCallToWhatIsStillToBeRemovedIsAnsweredOnce() {
        inTurn(() -> LongStream.range(0, OPEN)
                .forEach(i -> dealer.onRegister(callee.session, registerOf(new Uri("com.procedure" + i)))));
        inTurn(() -> leave(callee));
        inTurn(() -> LongStream.range(0, OPEN).forEach(i -> call(i + 1, new Uri("com.procedure" + i))));
        runWorkers();
        assertThat(caller.received())
                .hasSize(OPEN)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(ErrorMessage.class));
        assertThat(dealer.pendingCalls()).isZero();
    }

    private void call(long request) {
        call(request, PROCEDURE);
    }

    private void call(long request, Uri procedure) {
        dealer.onCall(
                caller.session,
                new Call(request, CallMessageOptions.DEFAULT, procedure, Samples.json("[1]")),
                SenderDisclosure.PLAIN);
    }

    private void leave(Seat seat) {
        seat.session.markLeft();
        dealer.onLeave(seat.session, () -> ended.add("left"));
    }

    private static Register registerOf(Uri procedure) {
        return new Register(4, RegisterMessageOptions.DEFAULT, procedure);
    }

    private void runWorkers() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
        assertThat(faults).isEmpty();
    }

    private void inTurn(Runnable operation) {
        try (Pass pass = Pass.open()) {
            turnstile.run(operation);
        }
        assertThat(faults).isEmpty();
    }
}
