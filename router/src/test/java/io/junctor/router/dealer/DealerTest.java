package io.junctor.router.dealer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.connection.OutboxListener.Problem;
import io.junctor.router.metrics.Counter;
import io.junctor.router.session.Samples;
import io.junctor.router.session.Seat;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DealerTest extends DealerFixture {
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
        PassthruOptions passthru = new PassthruOptions("mqtt", null, null, "k".repeat(1 << 20));
        CallMessageOptions options = new CallMessageOptions(0, false, false, false, passthru, List.of(), Dict.EMPTY);
        Seat reader =
                new Seat(4, Serializer.JSON, RealmLimits.DEFAULT, Seat.allRoles(Set.of(Feature.PAYLOAD_PASSTHRU_MODE)));
        register(reader, PROCEDURE);
        inPass(() -> {
            for (long request = 1; request <= 20; request++) {
                dealer.onCall(caller.session, new Call(request, options, PROCEDURE, ARGUMENTS), SenderDisclosure.PLAIN);
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
    void anAnswerToAnInvocationThatWasNeverSentIsDropped() {
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
    void progressiveResultsWithoutReceiveProgressAreDropped() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        ResultDetails progress = new ResultDetails(true, null, Dict.EMPTY);
        inPass(() -> dealer.onYield(callee.session, new Yield(1, progress, ARGUMENTS)));
        assertThat(caller.received()).isEmpty();
        assertThat(dealer.pendingCalls()).isEqualTo(1);
    }

    @Test
    void aCallWithoutRegistrationFails() {
        inPass(() -> dealer.onCall(caller.session, callOf(7), SenderDisclosure.PLAIN));
        assertError(caller, WampError.NO_SUCH_PROCEDURE);
        assertThat(counters.value(Counter.CALLS_FAILED)).isEqualTo(1);
    }

    @Test
    void errorsOfCallsWithoutRegistrationThatAreNotReadPauseReading() {
        Seat hasty = new Seat(5, Serializer.JSON, Seat.SMALL, Seat.allRoles(Set.of()));
        hasty.connection.hold();
        long request = 0;
        while (hasty.asked.isEmpty()) {
            Call call = callOf(++request);
            inPass(() -> dealer.onCall(hasty.session, call, SenderDisclosure.PLAIN));
        }
        assertThat(hasty.asked).singleElement().asString().startsWith("answers until");
        assertThat(hasty.outbox.waitingMessages()).isLessThanOrEqualTo(Seat.SMALL.outboxMessages() / 2 + 1);
        assertThat(dealer.pendingCalls()).isZero();
    }

    @Test
    void requestIdOfAnOpenCallIsAViolationAndFreeAgainAfterItsEnd() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        assertThatThrownBy(() -> dealer.onCall(caller.session, callOf(7), SenderDisclosure.PLAIN))
                .isInstanceOf(ProtocolViolationException.class);

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
        inPass(() -> dealer.onCall(caller.session, callOf(7), SenderDisclosure.PLAIN));
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
            inPass(() -> dealer.onCall(callee.session, callOf(request), SenderDisclosure.PLAIN));
        }
        assertError(callee, WampError.LIMIT_EXCEEDED);
        assertThat(dealer.pendingCalls()).isEqualTo(3);
        assertThat(counters.value(Counter.REQUESTS_OVER_LIMIT)).isEqualTo(2);
    }

    @Test
    void aCallToASlowCalleeFailsAndUsesNoInvocationId() {
        register(callee, PROCEDURE);
        callee.connection.hold();
        inPass(() -> {
            for (int i = 1; i <= 11; i++) {
                dealer.onCall(caller.session, callOf(i), SenderDisclosure.PLAIN);
            }
        });
        assertError(caller, WampError.NO_AVAILABLE_CALLEE);
        assertThat(dealer.pendingCalls()).isEqualTo(10);

        callee.connection.flow();
        callee.received();
        assertThat(call(12, ARGUMENTS).request()).isEqualTo(11);
    }

    static List<Problem> problems() {
        return List.of(new Problem.Unrepresentable("argument 3: NaN"), new Problem.TooLarge(20, 10));
    }

    @ParameterizedTest
    @MethodSource("problems")
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
    @MethodSource("problems")
    void answerThatCannotBeSentBecomesAnError(Problem problem) {
        inPass(() -> dealer.onUndeliverableAnswer(caller.session, 7, false, problem));
        assertError(caller, expected(problem));
    }
}
