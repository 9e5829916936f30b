package io.junctor.router.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.value.WampError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallEndTest extends DealerFixture {
    @Test
    void theCallerReceivesAnErrorIfTheCalleeLeaves() {
        register(callee, PROCEDURE);
        call(7, ARGUMENTS);
        inPass(() -> leave(callee));
        assertError(caller, WampError.CANCELED);
        inPass(() -> dealer.onCall(caller.session, callOf(8), SenderDisclosure.PLAIN));
        assertError(caller, WampError.NO_SUCH_PROCEDURE);
    }

    @Test
    void theCalleeIsInterruptedIfTheCallerLeaves() {
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
    void aSessionThatCallsItselfAndLeavesReceivesNothing() {
        register(callee, PROCEDURE);
        inPass(() -> dealer.onCall(callee.session, callOf(7), SenderDisclosure.PLAIN));
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
        inPass(() -> dealer.onCall(caller.session, callOf(7), SenderDisclosure.PLAIN));
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
}
