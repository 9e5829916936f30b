package io.junctor.client;

import static io.junctor.client.ScriptedSession.failure;
import static io.junctor.client.ScriptedSession.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.InterruptOptions;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

class RpcTest {
    record Order(String what, int count) {}

    @Test
    void aResultComesAsTheTypeAskedFor() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            CompletableFuture<io.junctor.client.Result> calling =
                    scripted.async().call("shop.order.find", 7);
            Call call = scripted.router.expect(Call.class);
            assertThat(call.procedure().text()).isEqualTo("shop.order.find");
            assertThat(scripted.router.arguments(call.payload()).positional()).containsExactly(7L);

            Payload payload = scripted.router.payload(Map.of("what", "tea", "count", 3));
            scripted.router.send(new Result(call.request(), ResultDetails.FINAL, payload));

            assertThat(value(calling).as(Order.class)).isEqualTo(new Order("tea", 3));
        }
    }

    @Test
    void argumentsTravelPositionalAndByKeyword() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var calling = scripted.async()
                    .call("shop.order.create", Args.of(new Order("tea", 3)).with("express", true));
            Call call = scripted.router.expect(Call.class);
            Arguments arguments = scripted.router.arguments(call.payload());
            assertThat(arguments.positional()).containsExactly(Map.of("what", "tea", "count", 3L));
            assertThat(arguments.keywords()).containsExactly(Map.entry("express", true));

            Arguments result = new Arguments(List.of(), Map.of("id", 12L));
            scripted.router.send(new Result(call.request(), ResultDetails.FINAL, scripted.router.payload(result)));

            assertThat(value(calling).keyword("id", Long.class)).isEqualTo(12L);
        }
    }

    // RPC-09
    @Test
    void openCallsAreAnsweredInAnyOrder() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var first = scripted.async().call("a.b");
            long firstId = scripted.call(first);
            var second = scripted.async().call("a.b");
            long secondId = scripted.call(second);

            scripted.router.send(new Result(secondId, ResultDetails.FINAL, scripted.router.payload("second")));
            scripted.router.send(new Result(firstId, ResultDetails.FINAL, scripted.router.payload("first")));

            assertThat(value(first).as(String.class)).isEqualTo("first");
            assertThat(value(second).as(String.class)).isEqualTo("second");
        }
    }

    @Test
    void anErrorBringsItsUriAndArguments() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var calling = scripted.async().call("shop.order.create");
            Arguments arguments = new Arguments(List.of("no tea left"), Map.of("in_days", 3L));
            scripted.router.send(error(scripted, scripted.call(calling), "shop.error.out_of_stock", arguments));

            WampException failure = failure(calling);
            assertThat(failure.uri()).isEqualTo("shop.error.out_of_stock");
            assertThat(failure).hasMessage("shop.error.out_of_stock: no tea left");
            assertThat(failure.arguments()).containsExactly("no tea left");
            assertThat(failure.keywords()).containsExactly(Map.entry("in_days", 3L));
        }
    }

    // RPC-17
    @Test
    void bothSpellingsOfCanceledAreTheSame() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            var calling = scripted.async().call("a.b");
            scripted.router.send(error(scripted, scripted.call(calling), "wamp.error.cancelled", Arguments.NONE));
            assertThat(failure(calling).uri()).isEqualTo("wamp.error.canceled");
        }
    }

    // ID-08
    @Test
    void anInvocationIsAnsweredWithItsId() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.register("math.add", 30, add -> add.argument(0, Long.class) + add.argument(1, Long.class));
            scripted.router.send(invocation(scripted, 1, 30, 2, 3));
            Yield yield = scripted.router.expect(Yield.class);
            assertThat(yield.request()).isEqualTo(1);
            assertThat(scripted.router.arguments(yield.payload()).positional()).containsExactly(5L);
        }
    }

    // ID-07
    @Test
    void gapsInInvocationIdsAreAccepted() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.register("math.add", 30, add -> "done");
            scripted.router.send(invocation(scripted, 5, 30));
            assertThat(scripted.router.expect(Yield.class).request()).isEqualTo(5);
            scripted.router.send(invocation(scripted, 9_000, 30));
            assertThat(scripted.router.expect(Yield.class).request()).isEqualTo(9_000);
        }
    }

    // RPC-09
    @Test
    void invocationsRunAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.register("a.b", 30, invocation -> {
                both.countDown();
                both.await();
                return Args.NONE;
            });
            scripted.router.send(invocation(scripted, 1, 30), invocation(scripted, 2, 30));
            List<Long> answered = List.of(
                    scripted.router.expect(Yield.class).request(),
                    scripted.router.expect(Yield.class).request());
            assertThat(answered).containsExactlyInAnyOrder(1L, 2L);
        }
    }

    // RPC-15
    @Test
    void anExceptionOfAHandlerBecomesARuntimeErrorWithoutItsStackTrace() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.register("a.b", 30, invocation -> {
                throw new IllegalStateException("the printer is on fire");
            });
            scripted.router.send(invocation(scripted, 1, 30));
            ErrorMessage error = scripted.router.expect(ErrorMessage.class);
            assertThat(error.requestType()).isEqualTo(Invocation.CODE);
            assertThat(error.request()).isEqualTo(1);
            assertThat(error.error().text()).isEqualTo("wamp.error.runtime_error");
            assertThat(scripted.router.arguments(error.payload()))
                    .isEqualTo(new Arguments(List.of("the printer is on fire"), Map.of()));
        }
    }

    // RPC-15
    @Test
    void aHandlerMayChooseTheError() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.register("a.b", 30, invocation -> {
                throw new WampException(
                        "shop.error.out_of_stock", Args.of("no tea").with("in_days", 3));
            });
            scripted.router.send(invocation(scripted, 1, 30));
            ErrorMessage error = scripted.router.expect(ErrorMessage.class);
            assertThat(error.error().text()).isEqualTo("shop.error.out_of_stock");
            assertThat(scripted.router.arguments(error.payload()))
                    .isEqualTo(new Arguments(List.of("no tea"), Map.of("in_days", 3L)));
        }
    }

    // RPC-15
    @Test
    void argumentsOfTheWrongTypeAreAnInvalidArgument() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.register("math.twice", 30, twice -> 2 * twice.argument(0, Integer.class));
            scripted.router.send(invocation(scripted, 1, 30, "many"), invocation(scripted, 2, 30));
            for (int i = 0; i < 2; i++) {
                ErrorMessage error = scripted.router.expect(ErrorMessage.class);
                assertThat(error.error().text()).isEqualTo("wamp.error.invalid_argument");
                assertThat(scripted.router
                                .arguments(error.payload())
                                .positional()
                                .getFirst()
                                .toString())
                        .startsWith("argument 0 is ")
                        .contains("Integer");
            }
        }
    }

    // RPC-16
    @Test
    void aResultThatCannotBeSerializedIsAnInvalidPayloadAndIsLogged() {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Logger logger = Logger.getLogger("io.junctor.client.internal.engine.InvocationTask");
        Handler handler = handler(lines);
        logger.addHandler(handler);
        try (ScriptedSession scripted = ScriptedSession.open()) {
            List<Object> unsendable = List.of(new Object(), Args.of("fine", BigInteger.ONE.shiftLeft(70)));
            scripted.register("a.b", 30, invocation -> unsendable.get((int) (long) invocation.argument(0, Long.class)));
            for (int i = 0; i < unsendable.size(); i++) {
                scripted.router.send(invocation(scripted, i + 1, 30, i));
                ErrorMessage error = scripted.router.expect(ErrorMessage.class);
                assertThat(error.error().text()).isEqualTo("wamp.error.invalid_payload");
                assertThat(scripted.router
                                .arguments(error.payload())
                                .positional()
                                .getFirst())
                        .asString()
                        .startsWith("the callee's result cannot be sent: argument " + i);
            }
            assertThat(lines)
                    .hasSize(2)
                    .allSatisfy(
                            line -> assertThat(line).startsWith("SEVERE the result of a.b cannot be sent: argument "));
        } finally {
            logger.removeHandler(handler);
        }
    }

    private static Handler handler(Collection<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    // RPC-16
    @Test
    void aResultThatIsTooLargeIsSaidToBe() {
        try (ScriptedSession scripted = ScriptedSession.open(client -> client.maxMessageBytes(1000))) {
            scripted.register("a.b", 30, invocation -> "x".repeat(1000));
            scripted.router.send(invocation(scripted, 1, 30));
            assertThat(scripted.router.expect(ErrorMessage.class).error().text())
                    .isEqualTo("wamp.error.payload_size_exceeded");
        }
    }

    // PV-18
    @Test
    void anInvocationOfAnUnknownRegistrationIsAnsweredWithAnError() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.router.send(invocation(scripted, 1, 99));
            ErrorMessage error = scripted.router.expect(ErrorMessage.class);
            assertThat(error.requestType()).isEqualTo(Invocation.CODE);
            assertThat(error.error().text()).isEqualTo("wamp.error.no_such_registration");
        }
    }

    @Test
    void anInvocationOnItsWayWhileUnregisteringIsStillAnswered() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            Registration registration = scripted.register("a.b", 30, invocation -> "still here");
            var closing = registration.closeAsync();
            Unregister unregister = scripted.router.expect(Unregister.class);
            scripted.router.send(invocation(scripted, 1, 30));
            scripted.router.expect(Yield.class);
            scripted.router.send(new Unregistered(unregister.request(), null));
            value(closing);
            scripted.router.send(invocation(scripted, 2, 30));
            scripted.router.expect(ErrorMessage.class);
        }
    }

    // RPC-CANCEL-10, RPC-CANCEL-11
    @Test
    void anInterruptStopsTheHandlerAndIsAnsweredByCanceled() {
        CountDownLatch never = new CountDownLatch(1);
        try (ScriptedSession scripted = ScriptedSession.open()) {
            scripted.register("a.b", 30, invocation -> {
                never.await();
                return "never";
            });
            InterruptOptions kill = new InterruptOptions(CancelMode.KILL, null, Dict.EMPTY);
            scripted.router.send(new Interrupt(8, kill), invocation(scripted, 9, 30), new Interrupt(9, kill));
            ErrorMessage error = scripted.router.expect(ErrorMessage.class);
            assertThat(error.request()).isEqualTo(9);
            assertThat(error.error().text()).isEqualTo("wamp.error.canceled");
            scripted.router.send(new Interrupt(9, kill));
        }
    }

    private static Invocation invocation(ScriptedSession scripted, long id, long registration, Object... arguments) {
        return new Invocation(id, registration, InvocationDetails.NONE, scripted.router.payload(arguments));
    }

    private static ErrorMessage error(ScriptedSession scripted, long call, String uri, Arguments arguments) {
        Payload payload = scripted.router.payload(arguments);
        return new ErrorMessage(Call.CODE, call, ErrorDetails.NONE, new Uri(uri), payload);
    }
}
