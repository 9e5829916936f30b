package io.junctor.router.session;

import static io.junctor.router.connection.Outbox.OVERHEAD_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.connection.OnceEncodedEvent;
import io.junctor.router.connection.RefusedRequest;
import io.junctor.router.reply.Refusal;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Payload SMALL = Samples.ofBytes(100);
    private static final Payload LARGE = Samples.ofBytes(3_000);

    private static final Payload OVER_THE_LIMIT = Samples.ofBytes(50_000);

    private Pass pass = Pass.open();
    private final Seat seat = new Seat(1, Serializer.JSON, Seat.SMALL, Seat.allRoles(Set.of()));
    private final Session session = seat.session;

    @AfterEach
    void flush() {
        pass.close();
    }

    @Test
    void eventsThatDoNotFitAreRefusedByBytes() {
        assertThat(offer(LARGE)).isTrue();
        assertThat(offer(LARGE)).isTrue();
        assertThat(offer(LARGE)).isTrue();
        assertThat(offer(SMALL)).as("10,124 bytes").isFalse();
        assertThat(seat.outbox.waitingBytes()).isEqualTo(3 * (3_000 + OVERHEAD_BYTES));
    }

    @Test
    void eventsThatDoNotFitAreRefusedByMessages() {
        for (int i = 0; i < 10; i++) {
            assertThat(offer(SMALL)).isTrue();
        }
        assertThat(offer(SMALL)).isFalse();
        assertThat(session.offer(Samples.result(1, SMALL), SMALL)).isFalse();
    }

    @Test
    void oneLargeEventFitsBesideOthersAndASecondDoesNot() {
        assertThat(offer(LARGE)).isTrue();
        assertThat(offer(OVER_THE_LIMIT))
                .as("one message larger than the outbox")
                .isTrue();
        assertThat(offer(OVER_THE_LIMIT)).isFalse();
        assertThat(offer(LARGE)).as("others, as if there were no large one").isTrue();
        assertThat(offer(LARGE)).isTrue();
        assertThat(offer(LARGE)).isFalse();
        assertThat(seat.outbox.waitingBytes()).isEqualTo(3 * (3_000 + OVERHEAD_BYTES) + 50_000 + OVERHEAD_BYTES);

        pass.close();
        pass = Pass.open();
        assertThat(offer(OVER_THE_LIMIT)).as("the next, once that is sent").isTrue();
    }

    @Test
    void aLargeMessageNeedsRoomAmongAllOutboxes() {
        assertThat(offer(SMALL)).isTrue();
        pressured(1_000);
        assertThat(offer(OVER_THE_LIMIT)).isFalse();
        assertThat(session.takesAnswer(OVER_THE_LIMIT)).isFalse();
        assertThat(session.takesAnswer(LARGE))
                .as("small answers are never refused")
                .isTrue();
    }

    @Test
    void aLargeAnswerDoesNotEndTheSessionAndASecondHasNoRoom() {
        assertThat(session.takesAnswer(OVER_THE_LIMIT)).isTrue();
        session.reply(Samples.result(1, OVER_THE_LIMIT), OVER_THE_LIMIT);
        session.reply(Samples.result(2, SMALL), SMALL);
        assertThat(seat.asked).isEmpty();
        assertThat(session.takesAnswer(OVER_THE_LIMIT)).isFalse();
        assertThat(session.takesAnswer(SMALL)).isTrue();
    }

    @Test
    void droppingIsToldOncePerEpisode() {
        seat.connection.hold();
        fill();
        assertThat(offer(SMALL)).isFalse();
        assertThat(offer(SMALL)).isFalse();
        assertThat(seat.asked).containsExactly("dropping");

        seat.connection.flow();
        pass.close();
        Pass.open();
        assertThat(offer(SMALL)).isTrue();
        fill();
        assertThat(offer(SMALL)).isFalse();
        assertThat(seat.asked).containsExactly("dropping", "dropping");
    }

    @Test
    void underPressureOutboxesTakeNoEventsBeyondAnEighthOfTheirShare() {
        assertThat(offer(SMALL)).isTrue();
        pressured(8 * 2 * (OVERHEAD_BYTES + 100));
        assertThat(offer(SMALL)).as("an eighth of its share").isTrue();
        assertThat(offer(SMALL)).as("beyond it").isFalse();

        session.reply(Samples.result(1, SMALL), SMALL);
        assertThat(seat.outbox.waitingMessages()).as("answers go all the same").isEqualTo(3);
    }

    @Test
    void answersOverHalfTheBytesPauseReading() {
        session.reply(Samples.result(1, LARGE), LARGE);
        assertThat(seat.asked).isEmpty();

        session.reply(Samples.result(2, LARGE), LARGE);
        assertThat(seat.asked).hasSize(1).allSatisfy(asked -> assertThat(asked).startsWith("answers until"));
    }

    @Test
    void answersOverHalfTheMessagesPauseReadingUntilFewWait() {
        for (int i = 1; i <= 5; i++) {
            session.reply(Samples.result(i, Payload.NONE));
        }
        assertThat(seat.asked).isEmpty();

        session.reply(Samples.result(6, Payload.NONE));
        assertThat(seat.asked).containsExactly("answers until " + 10 * OVERHEAD_BYTES / 4);
    }

    @Test
    void answersOverTwiceTheLimitEndTheSessionOnce() {
        for (int i = 1; i <= 20; i++) {
            session.reply(Samples.result(i, Payload.NONE));
        }
        assertThat(seat.asked).doesNotContain("overflow");

        session.reply(Samples.result(21, Payload.NONE));
        session.reply(Samples.result(22, Payload.NONE));
        session.overflow();
        assertThat(seat.asked).endsWith("overflow").containsOnlyOnce("overflow");
        assertThat(seat.outbox.waitingMessages()).as("no answer is dropped").isEqualTo(22);
    }

    @Test
    void largeLimitsDoNotOverflowTheArithmetic() {
        RealmLimits huge = RealmLimits.DEFAULT.withOutbox(Integer.MAX_VALUE, Integer.MAX_VALUE, SlowSubscriber.DROP);
        Seat patient = new Seat(2, Serializer.JSON, huge, Seat.allRoles(Set.of()));
        patient.session.reply(Samples.result(1, LARGE), LARGE);
        assertThat(patient.session.offer(Samples.result(2, LARGE), LARGE)).isTrue();
        assertThat(patient.asked).isEmpty();
    }

    @Test
    void sessionThatLeftGetsNothing() {
        session.markLeft();
        session.reply(Samples.result(1, SMALL), SMALL);
        assertThat(session.offer(Samples.result(2, SMALL), SMALL)).isFalse();
        assertThat(offer(SMALL)).isFalse();
        assertThat(seat.outbox.waitingMessages()).isZero();
        assertThat(session.isOpen()).isFalse();
    }

    @Test
    void answersAndEventsKeepTheirOrder() {
        session.reply(Samples.result(1, SMALL), SMALL);
        assertThat(offer(SMALL)).isTrue();
        session.reply(Samples.result(2, SMALL), SMALL);
        pass.close();
        Pass.open();

        assertThat(seat.received())
                .<Class<?>>extracting(FromRouter::getClass)
                .containsExactly(Result.class, Event.class, Result.class);
    }

    @Test
    void whatIsSubmittedDuringAFanOutRunsBehindItInOrder() {
        List<String> ran = new ArrayList<>();
        assertThat(session.defers(0, () -> ran.add("not deferred"))).isFalse();

        session.beginLongWork();
        assertThat(session.defers(0, () -> ran.add("a"))).isTrue();
        assertThat(session.defers(0, () -> ran.add("b"))).isTrue();
        assertThat(ran).isEmpty();
        session.endLongWork();

        assertThat(ran).containsExactly("a", "b");
        assertThat(seat.asked).containsExactly("long work", "long work done");
        assertThat(session.defers(0, () -> ran.add("c"))).isFalse();
    }

    @Test
    void whatIsDeferredCountsAmongWhatWaitsToBeRouted() {
        session.beginLongWork();
        session.defers(1_000, () -> {});
        session.defers(200, session::beginLongWork);
        session.defers(30, () -> {});
        assertThat(seat.mailboxes.bytes()).isEqualTo(1_230);
        session.endLongWork();
        assertThat(seat.mailboxes.bytes()).as("the last one waits on").isEqualTo(30);
        session.endLongWork();
        assertThat(seat.mailboxes.bytes()).isZero();
    }

    @Test
    void fanOutBegunByWhatWaitedHoldsTheRestBack() {
        List<String> ran = new ArrayList<>();
        session.beginLongWork();
        session.defers(0, () -> {
            ran.add("a");
            session.beginLongWork();
        });
        session.defers(0, () -> ran.add("b"));
        session.endLongWork();

        assertThat(ran).containsExactly("a");
        session.endLongWork();
        assertThat(ran).containsExactly("a", "b");
        assertThat(seat.asked).containsExactly("long work", "long work", "long work done");
    }

    @Test
    void answersBeyondTheShareStopReadingUnderPressure() {
        seat.connection.hold();
        pressured(1_000);
        session.reply(Samples.result(1, Samples.ofBytes(100)));
        session.reply(Samples.result(2, Payload.NONE), Samples.ofBytes(1_000));
        assertThat(seat.asked).hasSize(1).first().asString().startsWith("answers until");
        assertThat(session.offer(Samples.result(3, Payload.NONE), Payload.NONE)).isFalse();
    }

    @Test
    void sessionOfASlowClientEndsWhereAllHoldHalfAsMuchAgainAsTheyMay() {
        seat.connection.hold();
        pressured(1_000);
        seat.budget.add(Seat.PRESSURE_FROM / 2);
        session.reply(Samples.result(1, Payload.NONE), Samples.ofBytes(2_000));
        assertThat(seat.asked).as("the transport may take it").doesNotContain("overflow");
        pass.close();
        pass = Pass.open();
        session.reply(Samples.result(2, Payload.NONE), Samples.ofBytes(100));
        assertThat(seat.asked).contains("overflow");
    }

    private void pressured(long share) {
        seat.budget.add(Seat.PRESSURE_FROM + Seat.PRESSURE_FROM / 8 * 3 + 1);
        seat.budget.outboxes((int) (Seat.PRESSURE_FROM / share));
    }

    @Test
    void aRefusalIsLoggedWithTheSessionTheErrorAndTheRule() {
        Uri topic = new Uri("plant.door");
        session.deny(new PermissionQuery(Action.PUBLISH, topic, MatchPolicy.EXACT), Publish.CODE, 7);
        session.refuse(Refusal.of(WampError.NO_SUCH_PROCEDURE, "no callee"), Call.CODE, 8);
        assertThat(seat.refused)
                .containsExactly(
                        new RefusedRequest(
                                "test",
                                1,
                                session.identity(),
                                "PUBLISH 7",
                                WampError.NOT_AUTHORIZED,
                                "the permissions of this session's role do not allow it to publish to plant.door"
                                        + " (the rule for  (match: prefix) decides)"),
                        new RefusedRequest(
                                "test", 1, session.identity(), "CALL 8", WampError.NO_SUCH_PROCEDURE, "no callee"));
        assertThat(seat.outbox.waitingMessages()).isEqualTo(2);
    }

    private void fill() {
        while (seat.outbox.waitingMessages() < Seat.SMALL.outboxMessages()) {
            session.reply(Samples.result(1, Payload.NONE));
        }
        seat.asked.removeIf(asked -> asked.startsWith("answers"));
    }

    private boolean offer(Payload payload) {
        return session.offer(new OnceEncodedEvent(Samples.event(1, payload)));
    }
}
