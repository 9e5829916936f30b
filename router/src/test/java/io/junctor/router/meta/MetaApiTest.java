package io.junctor.router.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.session.Seat;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MetaApiTest {
    private static final int MANY = MetaAnswer.MAX_IN_TURN + 1;

    private final List<Throwable> faults = new ArrayList<>();
    private final List<Runnable> work = new ArrayList<>();
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(10, 10), Runnable::run, faults::add);
    private final MetaApi api =
            new MetaApi(new ArgumentsCodec(), new Counters(), turnstile, work::add, (session, question) -> {});
    private final Seat caller = new Seat(1, Serializer.MSGPACK);
    private final List<String> done = new ArrayList<>();

    @Test
    void anAnswerAboutFewThingsIsMadeInTheTurn() {
        offer(() -> MetaAnswer.about(MetaAnswer.MAX_IN_TURN, () -> () -> answer("made")));
        call(7);
        assertThat(done).containsExactly("made in the turn", "after in the turn");
        assertThat(only())
                .isInstanceOfSatisfying(
                        Result.class, result -> assertThat(result.request()).isEqualTo(7));
        assertThat(caller.asked).isEmpty();
    }

    @Test
    void anAnswerAboutManyThingsIsMadeOutsideAndWhatIsAskedNextWaitsForIt() {
        offer(() -> MetaAnswer.about(MANY, () -> () -> answer("made")));
        call(7);
        assertThat(caller.asked).containsExactly("long work");
        inTurn(() ->
                assertThat(caller.session.defers(0, () -> done.add("next"))).isTrue());
        assertThat(caller.received()).isEmpty();
        work();
        assertThat(done).containsExactly("made outside", "after in the turn", "next");
        assertThat(only()).isInstanceOf(Result.class);
        assertThat(caller.asked).containsExactly("long work", "long work done");
    }

    @Test
    void oneCopyOfManyThingsExistsAtATime() {
        offer(() -> MetaAnswer.about(MANY, () -> {
            note("copied");
            return () -> answer("made");
        }));
        Seat other = new Seat(2, Serializer.MSGPACK);
        call(7);
        inTurn(() -> api.onCall(other.session, callOf(8), Arguments.NONE));
        assertThat(done).containsExactly("copied in the turn");
        assertThat(other.asked).as("its next request waits, too").containsExactly("long work");
        work();
        assertThat(done)
                .containsExactly("copied in the turn", "made outside", "after in the turn", "copied in the turn");
        work();
        assertThat(done).hasSize(6).endsWith("made outside", "after in the turn");
        assertThat(only()).isInstanceOf(Result.class);
        assertThat(other.received()).singleElement().isInstanceOf(Result.class);
        assertThat(other.asked).containsExactly("long work", "long work done");
    }

    @Test
    void whatIsNotKnownYetIsAnsweredOnceItIs() {
        CompletableFuture<Supplier<MetaAnswer.Ready>> later = new CompletableFuture<>();
        offer(() -> new MetaAnswer.Later(later));
        call(7);
        assertThat(work).isEmpty();
        later.complete(() -> answer("made"));
        work();
        assertThat(only()).isInstanceOf(Result.class);
    }

    @Test
    void whatFailsIsAnErrorAndALineInTheLog() {
        offer(() -> new MetaAnswer.Later(CompletableFuture.failedFuture(new IllegalStateException("no store"))));
        call(7);
        work();
        assertThat(((ErrorMessage) only()).error()).isEqualTo(WampError.RUNTIME_ERROR.uri());
        offer(() -> MetaAnswer.about(MANY, () -> () -> {
            throw new IllegalStateException("no answer");
        }));
        call(8);
        work();
        assertThat(((ErrorMessage) only()).request()).isEqualTo(8);
        assertThat(faults).hasSize(2).allSatisfy(fault -> assertThat(fault).hasCauseInstanceOf(RuntimeException.class));
        assertThat(caller.asked).containsExactly("long work", "long work done", "long work", "long work done");
    }

    @Test
    void whatIsNotOfferedDoesNotExist() {
        offer(() -> answer("made"));
        api.offerOnly(uri -> !uri.equals("wamp.any"));
        call(7);
        assertThat(((ErrorMessage) only()).error()).isEqualTo(WampError.NO_SUCH_PROCEDURE.uri());
    }

    private MetaAnswer.Ready answer(String text) {
        note(text);
        return MetaAnswer.of(text, () -> note("after"));
    }

    private void note(String text) {
        done.add(text + (turnstile.isMine() ? " in the turn" : " outside"));
    }

    private void offer(Supplier<MetaAnswer> answer) {
        api.offer(Map.of("wamp.any", (session, arguments) -> answer.get()));
    }

    private void call(long request) {
        inTurn(() -> api.onCall(caller.session, callOf(request), Arguments.NONE));
    }

    private static Call callOf(long request) {
        return new Call(request, CallMessageOptions.DEFAULT, new Uri("wamp.any"), Payload.NONE);
    }

    private void work() {
        List<Runnable> now = List.copyOf(work);
        work.clear();
        now.forEach(Runnable::run);
    }

    private FromRouter only() {
        List<FromRouter> received = caller.received();
        assertThat(received).hasSize(1);
        return received.getFirst();
    }

    private void inTurn(Runnable operation) {
        try (Pass pass = Pass.open()) {
            turnstile.run(operation);
        }
    }
}
