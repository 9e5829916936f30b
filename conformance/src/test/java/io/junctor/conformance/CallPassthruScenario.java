package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Section 14, for calls: payload passthru mode. */
class CallPassthruScenario {
    private static final Roles ABLE = new Roles(Map.of(
            Role.CALLER, Set.of(Feature.PAYLOAD_PASSTHRU_MODE),
            Role.CALLEE, Set.of(Feature.PAYLOAD_PASSTHRU_MODE)));
    private static final Map<String, Object> SEALED_BY =
            Map.of("ppt_scheme", "x_scheme", "ppt_serializer", "x_s", "ppt_cipher", "x_cipher", "ppt_keyid", "k1");
    private static final PassthruOptions CARRIED = new PassthruOptions("x_scheme", "x_s", "x_cipher", "k1");
    private static final byte[] SEALED = {0, 1, (byte) 0xff, 0, 42};

    @Scenario({"PPT-01", "PPT-03"})
    void callsResultsAndErrorsCarryThePayloadAndItsFourOptions(Testbed testbed) {
        Peer callee = testbed.join(ABLE);
        callee.register("procedure");
        Peer caller = testbed.join(ABLE);
        long request = Callees.call(caller, "procedure", SEALED_BY, (Object) SEALED);
        Invocation invocation = callee.expect(Invocation.class);
        assertThat(invocation.details().passthru()).isEqualTo(CARRIED);
        expectSealed(callee, invocation.payload());
        callee.sendList(70, invocation.request(), SEALED_BY, List.of(SEALED));
        Result result = caller.expectResult(request);
        assertThat(result.details().passthru()).isEqualTo(CARRIED);
        expectSealed(caller, result.payload());
        Callees.call(caller, "procedure", SEALED_BY, (Object) SEALED);
        callee.sendList(8, 68, callee.expect(Invocation.class).request(), SEALED_BY, "some.error", List.of(SEALED));
        ErrorMessage error = caller.expect(ErrorMessage.class);
        assertThat(error.error()).hasToString("some.error");
        assertThat(error.details().passthru()).isEqualTo(CARRIED);
        expectSealed(caller, error.payload());
    }

    @Scenario("PPT-01")
    void partialResultsMayUsePayloadPassthru(Testbed testbed) {
        Peer callee = testbed.join(ABLE);
        callee.register("procedure");
        Peer caller = testbed.join(ABLE);
        long request = Callees.call(caller, "procedure", Map.of("receive_progress", true));
        Invocation invocation = callee.expect(Invocation.class);
        callee.sendList(70, invocation.request(), Map.of("ppt_scheme", "x_scheme", "progress", true), List.of(SEALED));
        Result part = caller.expectResult(request);
        assertThat(part.details().progress()).isTrue();
        assertThat(part.details().passthru()).isEqualTo(new PassthruOptions("x_scheme", null, null, null));
        callee.answer(invocation);
        assertThat(caller.expectResult(request).details().passthru()).isNull();
    }

    @Scenario("PPT-02")
    void payloadPassthruNeedsExactlyOneArgument(Testbed testbed) {
        Peer callee = testbed.join(ABLE);
        callee.register("procedure");
        Peer caller = testbed.join(ABLE);
        for (Object[] arguments : new Object[][] {{}, {SEALED, SEALED}}) {
            long request = Callees.call(caller, "procedure", SEALED_BY, arguments);
            caller.expectError(Call.CODE, request, WampError.INVALID_ARGUMENT);
        }
        callee.expectNothing();
        long request = Callees.call(caller, "procedure", Map.of());
        callee.sendList(70, callee.expect(Invocation.class).request(), SEALED_BY, List.of(SEALED, SEALED));
        caller.expectError(Call.CODE, request, WampError.INVALID_ARGUMENT);
    }

    @Scenario({"PPT-04", "PV-14"})
    void payloadPassthruWithoutAnnouncementIsAViolation(Testbed testbed) {
        Peer caller = testbed.join();
        Callees.call(caller, "procedure", SEALED_BY, (Object) SEALED);
        caller.expectViolation();
        Peer other = testbed.join(ABLE);
        for (boolean failing : new boolean[] {false, true}) {
            Peer callee = testbed.join();
            callee.register("procedure");
            long request = other.call("procedure");
            long invocation = callee.expect(Invocation.class).request();
            if (failing) {
                callee.sendList(8, 68, invocation, SEALED_BY, "some.error", List.of(SEALED));
            } else {
                callee.sendList(70, invocation, SEALED_BY, List.of(SEALED));
            }
            callee.expectViolation();
            other.expectError(Call.CODE, request, WampError.CANCELED);
        }
    }

    @Scenario("PPT-05")
    void aCalleeWithoutPayloadPassthruIsNotCalled(Testbed testbed) {
        Peer plain = testbed.join();
        plain.register("single");
        Callees.register(plain, "shared", Map.of("invoke", "first"));
        Peer able = testbed.join(ABLE);
        Callees.register(able, "shared", Map.of("invoke", "first"));
        Peer caller = testbed.join(ABLE);
        long request = Callees.call(caller, "single", SEALED_BY, (Object) SEALED);
        caller.expectError(Call.CODE, request, WampError.FEATURE_NOT_SUPPORTED);
        request = Callees.call(caller, "wamp.session.count", SEALED_BY, (Object) SEALED);
        caller.expectError(Call.CODE, request, WampError.FEATURE_NOT_SUPPORTED);
        request = Callees.call(caller, "shared", SEALED_BY, (Object) SEALED);
        able.answer(able.expect(Invocation.class));
        caller.expectResult(request);
        plain.expectNothing();
    }

    @Scenario("PPT-07")
    void aCallerThatCannotReadTheAnswerGetsAnErrorAndTheCalleeToo(Testbed testbed) {
        Peer callee = testbed.join(ABLE);
        callee.register("procedure");
        Peer caller = testbed.join();
        for (boolean progress : new boolean[] {false, true}) {
            long request = Callees.call(caller, "procedure", Map.of("receive_progress", true));
            long invocation = callee.expect(Invocation.class).request();
            callee.sendList(70, invocation, Map.of("ppt_scheme", "x_scheme", "progress", progress), List.of(SEALED));
            callee.expectError(70, invocation, WampError.FEATURE_NOT_SUPPORTED);
            caller.expectError(Call.CODE, request, WampError.FEATURE_NOT_SUPPORTED);
            callee.sendList(70, invocation, Map.of(), List.of());
            caller.expectNothing();
        }
    }

    private static void expectSealed(Peer peer, Payload payload) {
        List<?> values = peer.arguments(payload).positional();
        assertThat(values).hasSize(1);
        assertThat((byte[]) values.get(0)).isEqualTo(SEALED);
    }
}
