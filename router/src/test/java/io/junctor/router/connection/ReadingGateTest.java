package io.junctor.router.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.connection.ReadingGate.Reason;
import io.junctor.router.session.ScriptedConnection;
import io.junctor.wamp.value.Serializer;
import org.junit.jupiter.api.Test;

class ReadingGateTest {
    private final ScriptedConnection connection = new ScriptedConnection(Serializer.JSON);
    private final ReadingGate gate = new ReadingGate(connection);

    @Test
    void nextMessageIsAskedForAtOnceWhereNothingPauses() {
        gate.next();
        gate.next();
        assertThat(connection.demands()).isEqualTo(2);
        assertThat(gate.isPaused()).isFalse();
    }

    @Test
    void demandWaitsForTheLastReasonToEnd() {
        gate.pause(Reason.MAILBOX);
        gate.pause(Reason.ANSWERS);
        gate.next();
        gate.resume(Reason.MAILBOX);
        assertThat(connection.demands()).isZero();
        assertThat(gate.isPaused()).isTrue();

        gate.resume(Reason.ANSWERS);
        assertThat(connection.demands()).isEqualTo(1);
        assertThat(gate.isPaused()).isFalse();
    }

    @Test
    void resumingAsksForNothingThatIsNotOwed() {
        gate.pause(Reason.HANDSHAKE);
        gate.resume(Reason.HANDSHAKE);
        gate.resume(Reason.LONG_WORK);
        assertThat(connection.demands()).isZero();

        gate.next();
        gate.resume(Reason.HANDSHAKE);
        assertThat(connection.demands()).isEqualTo(1);
    }

    @Test
    void reasonGivenTwiceEndsOnce() {
        gate.pause(Reason.ANSWERS);
        gate.pause(Reason.ANSWERS);
        gate.next();
        gate.resume(Reason.ANSWERS);
        assertThat(connection.demands()).isEqualTo(1);
    }
}
