package io.junctor.router.dealer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.authorization.Grant;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.connection.Outbox.Problem;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
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
import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DealerTest {
    private static final Uri PROCEDURE = new Uri("com.procedure");
    private static final Payload ARGUMENTS = Samples.json("[1,2]");

    private final Counters counters = new Counters();
    private final ManualTimers timers = new ManualTimers();
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(100, 100), Runnable::run, DealerTest::fail);
    private final Deadlines deadlines = new Deadlines(timers, turnstile);
    private final Dealer dealer = new Dealer(
            new RandomIds(new SecureRandom()),
            RealmConfig.open("test"),
            counters,
            deadlines,
            (topic, right, arguments) -> {});
    private final Seat caller = new Seat(1, Serializer.JSON);
    private final Seat callee = new Seat(2, Serializer.JSON, Seat.SMALL, Seat.allRoles(Set.of(Feature.CALL_CANCELING)));
    private final Seat simple = new Seat(3, Serializer.JSON);

    @AfterEach
    void nothingIsLeftOver() {
        inPass(() -> List.of(caller, callee, simple).forEach(this::leave));
        assertThat(dealer.pendingCalls()).isZero();
        assertThat(dealer.registrations()).isZero();
        assertThat(deadlines.size()).isZero();
    }

    @Test
    void callGoesToTheCalleeAndItsResultBack() {
        long registration = register(callee, PROCEDURE);
        Invocation invocation = call(7, ARGUMENTS);
        assertThat(invocation.registration()).isEqualTo(registration);
        assertThat(invocation.request()).as("counts from 1").isEqualTo(1);
        assertThat(Samples.text(invocation.payload())).isEqualTo("[1,2]");

        inPass(() -> dealer.onYield(callee.session, yieldOf(1)));
        Result result = (Result) only(caller);
        assertThat(result.request()).isEqualTo(7);
        assertThat(Samples.text(result.payload())).isEqualTo("[3]");
        assertThat(dealer.pendingCalls()).isZero();
    }

    @Test
    void errorOfTheCalleeGoesBackUnchanged() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        inPass(() -> dealer.onError(callee.session, errorOf(1, "com.my.error")));

        ErrorMessage error = (ErrorMessage) only(caller);
        assertThat(error.requestType()).isEqualTo(Call.CODE);
        assertThat(error.request()).isEqualTo(7);
        assertThat(error.error()).isEqualTo(new Uri("com.my.error"));
        assertThat(Samples.text(error.payload())).isEqualTo("[3]");
    }

    @Test
    void openCallsCountTheBytesThatTheyKeep() {
        Passthru passthru = new Passthru("mqtt", null, null, "k".repeat(1 << 20));
        CallMessageOptions options = new CallMessageOptions(0, false, false, false, passthru, List.of(), Dict.EMPTY);
        Seat reader =
                new Seat(4, Serializer.JSON, RealmLimits.DEFAULT, Seat.allRoles(Set.of(Feature.PAYLOAD_PASSTHRU_MODE)));
        register(reader, PROCEDURE);
        inPass(() -> {
            for (long request = 1; request <= 20; request++) {
                dealer.onCall(caller.session, new Call(request, options, PROCEDURE, ARGUMENTS), Grant.PLAIN);
            }
        });
        assertThat(dealer.pendingCalls()).isEqualTo(RealmLimits.DEFAULT.outboxBytes() / (2 << 20) - 1);
        assertThat(counters.value(Counter.REQUESTS_OVER_LIMIT)).isEqualTo(20 - dealer.pendingCalls());
        inPass(() -> leave(reader));

        register(callee, PROCEDURE);
        call(21, ARGUMENTS);
    }

    @Test
    void errorThatIsNoUriIsReplaced() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        inPass(() -> dealer.onError(callee.session, errorOf(1, "not a uri")));
        assertError(caller, WampError.INVALID_URI);
    }

    @Test
    void firstAnswerWinsAndLaterOnesAreDropped() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        inPass(() -> {
            dealer.onYield(callee.session, yieldOf(1));
            dealer.onYield(callee.session, yieldOf(1));
            dealer.onError(callee.session, errorOf(1, "com.my.error"));
        });
        assertThat(only(caller)).isInstanceOf(Result.class);
    }

    @Test
    void answerToWhatWasNeverSentIsDroppedAndToldApart() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        inPass(() -> {
            assertThat(dealer.onYield(callee.session, yieldOf(2))).isFalse();
            assertThat(dealer.onError(caller.session, errorOf(1, "com.my.error")))
                    .as("the invocation of another")
                    .isFalse();
        });
        assertThat(dealer.pendingCalls()).isEqualTo(1);
    }

    @Test
    void progressNobodyAskedForIsDroppedAndTheCallStaysOpen() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        ResultDetails progress = new ResultDetails(true, null, Dict.EMPTY);
        inPass(() -> dealer.onYield(callee.session, new Yield(1, progress, ARGUMENTS)));
        assertThat(caller.received()).isEmpty();
        assertThat(dealer.pendingCalls()).isEqualTo(1);
    }

    @Test
    void callToNobodyFails() {
        inPass(() -> dealer.onCall(caller.session, callOf(7), Grant.PLAIN));
        assertError(caller, WampError.NO_SUCH_PROCEDURE);
        assertThat(counters.value(Counter.CALLS_FAILED)).isEqualTo(1);
    }

    @Test
    void requestIdOfAnOpenCallIsAViolationAndFreeAgainAfterItsEnd() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        assertThatThrownBy(() -> dealer.onCall(caller.session, callOf(7), Grant.PLAIN))
                .isInstanceOf(ProtocolViolation.class);

        inPass(() -> dealer.onYield(callee.session, yieldOf(1)));
        caller.received();
        assertThat(call(7, ARGUMENTS).request()).isEqualTo(2);
    }

    @Test
    void procedureHasOneCalleeUntilItUnregisters() {
        long registration = register(callee, PROCEDURE);
        for (Seat seat : List.of(callee, simple)) {
            inPass(() -> dealer.onRegister(seat.session, registerOf(PROCEDURE)));
            assertError(seat, WampError.PROCEDURE_ALREADY_EXISTS);
        }
        inPass(() -> dealer.onUnregister(simple.session, new Unregister(5, registration)));
        assertError(simple, WampError.NO_SUCH_REGISTRATION);

        inPass(() -> dealer.onUnregister(callee.session, new Unregister(5, registration)));
        assertThat(only(callee)).isInstanceOf(Unregistered.class);
        register(simple, PROCEDURE);
    }

    @Test
    void openInvocationsOutliveTheRegistration() {
        long registration = register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        inPass(() -> dealer.onUnregister(callee.session, new Unregister(5, registration)));
        inPass(() -> dealer.onYield(callee.session, yieldOf(1)));
        assertThat(only(caller)).isInstanceOf(Result.class);
    }

    @Test
    void randomReRoutingAsksEachCalleeOnce() {
        Set<Feature> passesOn = Set.of(Feature.CALL_REROUTE);
        List<Seat> seats = LongStream.range(10, 15)
                .mapToObj(id -> new Seat(id, Serializer.JSON, Seat.SMALL, Seat.allRoles(passesOn)))
                .toList();
        RegisterMessageOptions random =
                new RegisterMessageOptions(MatchPolicy.EXACT, InvokePolicy.RANDOM, false, false, List.of(), Dict.EMPTY);
        seats.forEach(seat -> {
            inPass(() -> dealer.onRegister(seat.session, new Register(4, random, PROCEDURE)));
            seat.received();
        });
        inPass(() -> dealer.onCall(caller.session, callOf(7), Grant.PLAIN));
        Set<Seat> asked = new HashSet<>();
        for (int i = 0; i < seats.size(); i++) {
            Seat chosen = seats.stream()
                    .filter(seat -> !seat.received().isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertThat(asked.add(chosen)).isTrue();
            inPass(() -> dealer.onError(chosen.session, errorOf(1, "wamp.error.unavailable")));
        }
        assertError(caller, WampError.NO_AVAILABLE_CALLEE);
        inPass(() -> seats.forEach(this::leave));
    }

    @Test
    void registrationsAndOpenCallsAreLimited() {
        for (int i = 0; i < 3; i++) {
            register(callee, new Uri("com.procedure" + i));
        }
        inPass(() -> dealer.onRegister(callee.session, registerOf(PROCEDURE)));
        assertError(callee, WampError.LIMIT_EXCEEDED);

        register(simple, PROCEDURE);
        for (int i = 1; i <= 4; i++) {
            long request = i;
            inPass(() -> dealer.onCall(callee.session, callOf(request), Grant.PLAIN));
        }
        assertError(callee, WampError.LIMIT_EXCEEDED);
        assertThat(dealer.pendingCalls()).isEqualTo(3);
        assertThat(counters.value(Counter.REQUESTS_OVER_LIMIT)).isEqualTo(2);
    }

    @Test
    void calleeThatDoesNotKeepUpCostsItsCallerAnErrorAndNoInvocationId() {
        register(callee, PROCEDURE);
        callee.connection.hold();
        inPass(() -> {
            for (int i = 1; i <= 11; i++) {
                dealer.onCall(caller.session, callOf(i), Grant.PLAIN);
            }
        });
        assertError(caller, WampError.NO_AVAILABLE_CALLEE);
        assertThat(dealer.pendingCalls()).isEqualTo(10);

        callee.connection.flow();
        callee.received();
        assertThat(call(12, ARGUMENTS).request()).isEqualTo(11);
    }

    @Test
    void calleeThatLeavesLeavesItsCallersAnError() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        inPass(() -> leave(callee));
        assertError(caller, WampError.CANCELED);
        inPass(() -> dealer.onCall(caller.session, callOf(8), Grant.PLAIN));
        assertError(caller, WampError.NO_SUCH_PROCEDURE);
    }

    @Test
    void callerThatLeavesInterruptsACalleeThatUnderstandsIt() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        inPass(() -> leave(caller));
        Interrupt interrupt = (Interrupt) only(callee);
        assertThat(interrupt.request()).isEqualTo(1);
        assertThat(interrupt.options().mode()).isEqualTo(CancelMode.KILL_NO_WAIT);

        inPass(() -> dealer.onYield(callee.session, yieldOf(1)));
        assertThat(caller.received()).isEmpty();
    }

    @Test
    void sessionThatCallsItselfAndLeavesIsToldNothing() {
        register(callee, PROCEDURE);
        inPass(() -> dealer.onCall(callee.session, callOf(7), Grant.PLAIN));
        assertThat(only(callee)).isInstanceOf(Invocation.class);
        inPass(() -> leave(callee));
        assertThat(callee.received()).isEmpty();
        assertThat(dealer.pendingCalls()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = CancelMode.class,
            names = {"SKIP", "KILL_NO_WAIT"})
    void cancelThatDoesNotWaitAnswersAtOnce(CancelMode mode) {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        cancel(7, mode);
        assertError(caller, WampError.CANCELED);
        assertThat(callee.received()).hasSize(mode == CancelMode.SKIP ? 0 : 1);

        inPass(() -> dealer.onYield(callee.session, yieldOf(1)));
        assertThat(caller.received()).isEmpty();
    }

    @Test
    void cancelByKillWaitsForTheCalleesAnswer() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        cancel(7, CancelMode.KILL);
        cancel(7, CancelMode.KILL);
        assertThat(((Interrupt) only(callee)).options().mode()).isEqualTo(CancelMode.KILL);
        assertThat(caller.received()).isEmpty();

        inPass(() -> dealer.onError(callee.session, errorOf(1, "wamp.error.canceled")));
        assertError(caller, WampError.CANCELED);
    }

    @Test
    void cancelByKillOfACalleeThatCannotStopAnswersAtOnce() {
        register(simple, PROCEDURE);
        inPass(() -> dealer.onCall(caller.session, callOf(7), Grant.PLAIN));
        assertThat(only(simple)).isInstanceOf(Invocation.class);
        cancel(7, CancelMode.KILL);
        assertError(caller, WampError.CANCELED);
        assertThat(simple.received()).isEmpty();
    }

    @Test
    void cancelOfWhatIsNotOpenDoesNothing() {
        register(callee, PROCEDURE);
        cancel(7, CancelMode.KILL);
        call(8, ARGUMENTS);
        inPass(() -> dealer.onYield(callee.session, yieldOf(1)));
        caller.received();
        cancel(8, CancelMode.KILL_NO_WAIT);
        assertThat(caller.received()).isEmpty();
        assertThat(callee.received()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void invocationThatCannotBeSentIsAnErrorToItsCallerOnce(Problem problem) {
        register(callee, PROCEDURE);
        Invocation invocation = call(7, ARGUMENTS);
        inPass(() -> {
            dealer.onUndeliverable(callee.session, invocation, problem);
            dealer.onUndeliverable(callee.session, invocation, problem);
        });
        assertError(caller, expected(problem));
        assertThat(dealer.pendingCalls()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void answerThatCannotBeSentBecomesAnError(Problem problem) {
        inPass(() -> dealer.onUndeliverableAnswer(caller.session, 7, false, problem));
        assertError(caller, expected(problem));
    }

    private static WampError expected(Problem problem) {
        return switch (problem) {
            case UNREPRESENTABLE -> WampError.INVALID_PAYLOAD;
            case TOO_LARGE -> WampError.PAYLOAD_SIZE_EXCEEDED;
        };
    }

    private long register(Seat seat, Uri procedure) {
        inPass(() -> dealer.onRegister(seat.session, registerOf(procedure)));
        return ((Registered) only(seat)).registration();
    }

    /** Calls; what the callee gets. */
    private Invocation call(long request, Payload payload) {
        inPass(() -> dealer.onCall(
                caller.session, new Call(request, CallMessageOptions.DEFAULT, PROCEDURE, payload), Grant.PLAIN));
        return (Invocation) only(callee);
    }

    private void cancel(long request, CancelMode mode) {
        inPass(() -> dealer.onCancel(caller.session, new Cancel(request, new CancelOptions(mode, Dict.EMPTY))));
    }

    private void leave(Seat seat) {
        seat.session.markLeft();
        dealer.onLeave(seat.session, () -> {});
    }

    private static Call callOf(long request) {
        return new Call(request, CallMessageOptions.DEFAULT, PROCEDURE, ARGUMENTS);
    }

    private static Register registerOf(Uri procedure) {
        return new Register(4, RegisterMessageOptions.DEFAULT, procedure);
    }

    private static Yield yieldOf(long invocation) {
        return new Yield(invocation, ResultDetails.FINAL, Samples.json("[3]"));
    }

    private static ErrorMessage errorOf(long invocation, String uri) {
        return new ErrorMessage(Invocation.CODE, invocation, ErrorDetails.NONE, new Uri(uri), Samples.json("[3]"));
    }

    private static void assertError(Seat seat, WampError expected) {
        List<FromRouter> received = seat.received();
        assertThat(received).isNotEmpty();
        assertThat(received.stream().filter(ErrorMessage.class::isInstance).toList())
                .hasSize(1)
                .allSatisfy(error -> assertThat(((ErrorMessage) error).error()).isEqualTo(expected.uri()));
    }

    private static void fail(Throwable fault) {
        throw new AssertionError("in the turn", fault);
    }

    private static void inPass(Runnable operation) {
        try (Pass pass = Pass.open()) {
            operation.run();
        }
    }

    private static FromRouter only(Seat seat) {
        List<FromRouter> received = seat.received();
        assertThat(received).hasSize(1);
        return received.getFirst();
    }
}
