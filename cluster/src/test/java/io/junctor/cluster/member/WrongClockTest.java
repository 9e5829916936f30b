package io.junctor.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.turn.Timers;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One router tells another time of day than the others. */
class WrongClockTest {
    private final Members members = new Members();

    @AfterEach
    void stopRouters() {
        members.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-10, 10})
    void onlyTimeStampsAreWrong(int minutes) {
        Members.Started right = members.start(1);
        Members.Started wrong = members.begin(
                2,
                members.network,
                RealmConfig.open(Members.REALM),
                new Shifted(members.clock, Duration.ofMinutes(minutes)));
        members.advanceUntil(
                () -> wrong.member().problem() == null && wrong.member().admitsSessions());
        Peer client = right.join();
        Peer other = wrong.join();

        long subscription = other.subscribe("com.topic");
        client.publish("com.topic", 1L);
        assertThat(other.expectEvent(subscription)).containsExactly(1L);
        other.register("com.procedure");
        long call = client.call("com.procedure", 2L);
        other.answer(other.expect(Invocation.class), 3L);
        client.expectResult(call);
        long refused = client.nextRequest();
        client.send(new Register(refused, RegisterMessageOptions.DEFAULT, new Uri("com.procedure")));
        client.expectError(Register.CODE, refused, WampError.PROCEDURE_ALREADY_EXISTS);

        members.advance(Duration.ofMinutes(1));
        assertThat(right.member().problem()).isNull();
        assertThat(wrong.member().problem()).isNull();
        assertThat(wrong.member().excluded().toCompletableFuture()).isNotDone();
        long cutOffNanos = members.clock.nanos();
        members.network.cutOff(wrong.id());
        members.advanceUntil(members::isRegistryEmpty);
        assertThat(Duration.ofNanos(members.clock.nanos() - cutOffNanos))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
        client.register("com.procedure");
    }

    /** A clock with another time of day. */
    private record Shifted(Timers clock, Duration by) implements Timers {
        @Override
        public long nanos() {
            return clock.nanos();
        }

        @Override
        public Instant now() {
            return clock.now().plus(by);
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            return clock.after(delay, action);
        }

        @Override
        public Timer every(Duration period, Runnable action) {
            return clock.every(period, action);
        }
    }
}
