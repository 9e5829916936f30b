package io.junctor.router.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.connection.OutboxListener.Problem;
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
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.CancelOptions;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** A dealer with a caller and two callees; after each test nothing may be left in it. */
class DealerFixture {
    static final Uri PROCEDURE = new Uri("com.procedure");
    static final Payload ARGUMENTS = Samples.json("[1,2]");

    final Counters counters = new Counters();
    final ManualTimers timers = new ManualTimers();
    final Turnstile turnstile = new Turnstile(Turnstile.Bounds.ofOperations(100, 100), Runnable::run, DealerTest::fail);
    final Deadlines deadlines = new Deadlines(timers, turnstile);
    final Dealer dealer = new Dealer(
            new RandomIds(new SecureRandom()),
            RealmConfig.open("test"),
            new RealmCounters(counters),
            deadlines,
            (topic, right, arguments) -> {},
            null);
    final Seat caller = new Seat(1, Serializer.JSON);
    final Seat callee = new Seat(2, Serializer.JSON, Seat.SMALL, Seat.allRoles(Set.of(Feature.CALL_CANCELING)));
    final Seat simple = new Seat(3, Serializer.JSON);

    @AfterEach
    void nothingIsLeftOver() {
        inPass(() -> List.of(caller, callee, simple).forEach(this::leave));
        assertThat(dealer.pendingCalls()).isZero();
        assertThat(dealer.registrations()).isZero();
        assertThat(deadlines.size()).isZero();
    }

    static WampError expected(Problem problem) {
        return switch (problem) {
            case Problem.Unrepresentable what -> WampError.INVALID_PAYLOAD;
            case Problem.TooLarge sizes -> WampError.PAYLOAD_SIZE_EXCEEDED;
        };
    }

    long register(Seat seat, Uri procedure) {
        inPass(() -> dealer.onRegister(seat.session, registerOf(procedure)));
        return ((Registered) only(seat)).registration();
    }

    /** Calls; what the callee gets. */
    Invocation call(long request, Payload payload) {
        inPass(() -> dealer.onCall(
                caller.session,
                new Call(request, CallMessageOptions.DEFAULT, PROCEDURE, payload),
                SenderDisclosure.PLAIN));
        return (Invocation) only(callee);
    }

    void cancel(long request, CancelMode mode) {
        inPass(() -> dealer.onCancel(caller.session, new Cancel(request, new CancelOptions(mode, Dict.EMPTY))));
    }

    void leave(Seat seat) {
        seat.session.markLeft();
        dealer.onLeave(seat.session, () -> {});
    }

    static Call callOf(long request) {
        return new Call(request, CallMessageOptions.DEFAULT, PROCEDURE, ARGUMENTS);
    }

    static Register registerOf(Uri procedure) {
        return new Register(4, RegisterMessageOptions.DEFAULT, procedure);
    }

    static Yield yieldOf(long invocation) {
        return new Yield(invocation, ResultDetails.FINAL, Samples.json("[3]"));
    }

    static ErrorMessage errorOf(long invocation, String uri) {
        return new ErrorMessage(Invocation.CODE, invocation, ErrorDetails.NONE, new Uri(uri), Samples.json("[3]"));
    }

    static void assertError(Seat seat, WampError expected) {
        List<FromRouter> received = seat.received();
        assertThat(received).isNotEmpty();
        assertThat(received.stream().filter(ErrorMessage.class::isInstance).toList())
                .hasSize(1)
                .allSatisfy(error -> assertThat(((ErrorMessage) error).error()).isEqualTo(expected.uri()));
    }

    static void fail(Throwable fault) {
        throw new AssertionError("in the turn", fault);
    }

    static void inPass(Runnable operation) {
        try (Pass pass = Pass.open()) {
            operation.run();
        }
    }

    static FromRouter only(Seat seat) {
        List<FromRouter> received = seat.received();
        assertThat(received).hasSize(1);
        return received.getFirst();
    }
}
