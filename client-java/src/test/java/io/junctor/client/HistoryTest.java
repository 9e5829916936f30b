package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.ResultDetails;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Requests for stored events, and reading their answers. */
class HistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Map<String, Object> EVENT = Map.of(
            "timestamp",
            "2026-11-21T13:00:00.250+01:00",
            "subscription",
            20,
            "publication",
            99,
            "details",
            Map.of("topic", "plant.line1.state", "publisher", 7),
            "args",
            List.of("running"),
            "kwargs",
            Map.of("speed", 3));

    // PSX-HIST-03
    @Test
    void allConditionsAreSent() {
        HistoryOptions options = HistoryOptions.DEFAULT
                .newestFirst()
                .limit(10)
                .topic("plant.line1.state")
                .from(NOON)
                .after(NOON)
                .before(NOON)
                .until(NOON)
                .fromPublication(1)
                .afterPublication(2)
                .beforePublication(3)
                .untilPublication(4);
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var asking = ask(() -> scripted.session().history(20, "plant", options));
            Call call = scripted.router.expect(Call.class);
            assertThat(call.procedure().text()).isEqualTo("wamp.subscription.get_events");
            var arguments = scripted.router.arguments(call.payload());
            assertThat(arguments.positional()).containsExactly(20L);
            assertThat(arguments.keywords())
                    .containsOnly(
                            Map.entry("reverse", true),
                            Map.entry("limit", 10L),
                            Map.entry("topic", "plant.line1.state"),
                            Map.entry("from_time", "2026-11-21T12:00:00Z"),
                            Map.entry("after_time", "2026-11-21T12:00:00Z"),
                            Map.entry("before_time", "2026-11-21T12:00:00Z"),
                            Map.entry("until_time", "2026-11-21T12:00:00Z"),
                            Map.entry("from_publication", 1L),
                            Map.entry("after_publication", 2L),
                            Map.entry("before_publication", 3L),
                            Map.entry("until_publication", 4L));
            answer(scripted, call, List.of());
            assertThat(ScriptedSession.value(asking)).isEmpty();
        }
    }

    // PSX-HIST-08, PSX-HIST-09
    @Test
    void eventsAreReadFromOneListOrAsManyArguments() {
        for (Object[] shape : new Object[][] {{List.of(EVENT, EVENT)}, {EVENT, EVENT}}) {
            try (ScriptedSession scripted = ScriptedSession.open()) {
                var asking = ask(() -> scripted.session().history(20, "plant", HistoryOptions.DEFAULT));
                answer(scripted, scripted.router.expect(Call.class), shape);
                List<PastEvent> events = ScriptedSession.value(asking);
                assertThat(events).hasSize(2);
                PastEvent past = events.getFirst();
                assertThat(past.time()).isEqualTo(NOON.plusMillis(250));
                assertThat(past.subscription()).isEqualTo(20);
                assertThat(past.event().publication()).isEqualTo(99);
                assertThat(past.event().topic()).isEqualTo("plant.line1.state");
                assertThat(past.event().publisher()).contains(new PeerIdentity(7L, null, null));
                assertThat(past.event().argument(0, String.class)).isEqualTo("running");
                assertThat(past.event().keyword("speed", Integer.class)).isEqualTo(3);
            }
        }
    }

    @Test
    void anInvalidAnswerIsAFailure() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var asking = ask(() -> scripted.session().history(20, "plant", HistoryOptions.DEFAULT));
            answer(scripted, scripted.router.expect(Call.class), 17);
            assertThat(ScriptedSession.failure(asking)).hasMessageContaining("a past event is not a dictionary");
        }
        assertThatThrownBy(() -> HistoryOptions.DEFAULT.limit(0)).hasMessage("limit must be positive, not 0");
    }

    private static <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(question.get());
            } catch (WampException failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private static void answer(ScriptedSession scripted, Call call, Object... arguments) {
        scripted.router.send(new Result(call.request(), ResultDetails.FINAL, scripted.router.payload(arguments)));
    }
}
