package io.junctor.wamp.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Dict EXTRA = Dict.of("x_unknown", "kept");
    private static final PassthruOptions PASSTHRU = new PassthruOptions("mqtt", "cbor", "cipher", "key");
    private static final List<ForwardedFor> FORWARD = List.of(new ForwardedFor(1, "router", "role"));
    private static final DisclosedIdentity WHO = new DisclosedIdentity(7L, "joe", "user");

    @Test
    void defaultsAreWrittenAsEmptyDictionaries() {
        assertDefault(PublishMessageOptions.DEFAULT, PublishMessageOptions::toDict, PublishMessageOptions::of);
        assertDefault(CallMessageOptions.DEFAULT, CallMessageOptions::toDict, CallMessageOptions::of);
        assertDefault(SubscribeMessageOptions.DEFAULT, SubscribeMessageOptions::toDict, SubscribeMessageOptions::of);
        assertDefault(RegisterMessageOptions.DEFAULT, RegisterMessageOptions::toDict, RegisterMessageOptions::of);
        assertDefault(CancelOptions.DEFAULT, CancelOptions::toDict, CancelOptions::of);
        assertDefault(ResultDetails.FINAL, ResultDetails::toDict, ResultDetails::of);
        assertDefault(ResultDetails.FINAL, ResultDetails::toDict, ResultDetails::of);
        assertDefault(EventDetails.NONE, EventDetails::toDict, EventDetails::of);
        assertDefault(InvocationDetails.NONE, InvocationDetails::toDict, InvocationDetails::of);
        assertDefault(InterruptOptions.NONE, InterruptOptions::toDict, InterruptOptions::of);
        assertDefault(ErrorDetails.NONE, ErrorDetails::toDict, ErrorDetails::of);
        assertDefault(CloseDetails.NONE, CloseDetails::toDict, CloseDetails::of);
    }

    // MSG-03: unknown keys are kept
    @Test
    void allOptionsSurviveBeingWrittenAndRead() {
        Audience audience =
                new Audience(List.of(1L), List.of("a"), List.of("b"), List.of(), List.of("c"), List.of("d", "e"));
        assertSurvives(
                new PublishMessageOptions(true, false, true, true, audience, PASSTHRU, FORWARD, EXTRA),
                PublishMessageOptions::toDict,
                PublishMessageOptions::of);
        assertSurvives(
                new CallMessageOptions(500, true, true, true, PASSTHRU, FORWARD, EXTRA),
                CallMessageOptions::toDict,
                CallMessageOptions::of);
        assertSurvives(
                new SubscribeMessageOptions(MatchPolicy.WILDCARD, true, FORWARD, EXTRA),
                SubscribeMessageOptions::toDict,
                SubscribeMessageOptions::of);
        assertSurvives(
                new RegisterMessageOptions(
                        MatchPolicy.PREFIX,
                        InvokePolicy.RANDOM,
                        true,
                        true,
                        new RegisterExtensions(3, true, true),
                        FORWARD,
                        EXTRA),
                RegisterMessageOptions::toDict,
                RegisterMessageOptions::of);
        assertSurvives(new CancelOptions(CancelMode.SKIP, EXTRA), CancelOptions::toDict, CancelOptions::of);
        assertSurvives(new ResultDetails(true, PASSTHRU, EXTRA), ResultDetails::toDict, ResultDetails::of);
    }

    @Test
    void allDetailsSurviveBeingWrittenAndRead() {
        assertSurvives(new ResultDetails(true, PASSTHRU, EXTRA), ResultDetails::toDict, ResultDetails::of);
        assertSurvives(
                new EventDetails(WHO, new Uri("a.b"), 3L, true, PASSTHRU, FORWARD, 9, EXTRA),
                EventDetails::toDict,
                EventDetails::of);
        assertSurvives(
                new InvocationDetails(WHO, new Uri("a.b"), 3L, 100, true, true, PASSTHRU, EXTRA),
                InvocationDetails::toDict,
                InvocationDetails::of);
        assertSurvives(
                new InterruptOptions(CancelMode.KILL, new Uri("a.b"), EXTRA),
                InterruptOptions::toDict,
                InterruptOptions::of);
        assertSurvives(new ErrorDetails(PASSTHRU, EXTRA), ErrorDetails::toDict, ErrorDetails::of);
        assertSurvives(new CloseDetails("text", EXTRA), CloseDetails::toDict, CloseDetails::of);
        RevocationDetails revocation = new RevocationDetails(5, "wamp.error.not_authorized");
        assertThat(RevocationDetails.of(revocation.toDict("subscription"), "subscription"))
                .isEqualTo(revocation);
    }

    @Test
    void helloAndWelcomeSurviveBeingWrittenAndRead() {
        Roles client = new Roles(Map.of(Role.CALLER, Set.of(Feature.CALL_CANCELING), Role.CALLEE, Set.of()));
        assertSurvives(
                new HelloDetails(client, List.of("ticket"), "id", "role", Dict.of("a", 1L), "agent", EXTRA),
                HelloDetails::toDict,
                HelloDetails::of);
        Roles router = new Roles(Map.of(Role.BROKER, Set.of(Feature.EVENT_HISTORY), Role.DEALER, Set.of()));
        Identity identity = new Identity("id", "role", "method", "provider");
        assertSurvives(
                new WelcomeDetails(router, "realm1", identity, Dict.of("a", 1L), "agent", EXTRA),
                WelcomeDetails::toDict,
                WelcomeDetails::of);
    }

    // PSX-BW-03
    @Test
    void anEmptyAudienceIsNotAnAbsentOne() {
        Audience noReceiver =
                PublishMessageOptions.of(Dict.of("eligible", List.of())).audience();
        assertThat(noReceiver.eligible()).isEmpty();
        assertThat(PublishMessageOptions.of(Dict.of("x", 1L)).audience()).isSameAs(Audience.ALL);
    }

    // FEAT-04
    @Test
    void bothSpellingsOfCallCancelingAreReadAndOneIsSent() {
        Dict features = Dict.of("features", Map.of("call_cancelling", true));
        Roles roles = Roles.of(Dict.of("callee", features.entries()), Role.CLIENT);
        assertThat(roles.has(Role.CALLEE, Feature.CALL_CANCELING)).isTrue();
        assertThat(roles.toDict().dict("callee").dict("features").entries()).containsOnlyKeys("call_canceling");
    }

    // FEAT-01, FEAT-03
    @Test
    void rolesOfTheOtherSideAndUnknownRolesAreIgnored() {
        Dict roles = new Dict.Builder()
                .put("monitor", Map.of())
                .put("broker", Map.of())
                .put("subscriber", Map.of("features", Map.of("x_new", 1L)))
                .build();
        assertThat(Roles.of(roles, Role.CLIENT).features()).containsOnlyKeys(Role.SUBSCRIBER);
        assertThatThrownBy(() -> Roles.of(Dict.of("broker", Map.of()), Role.CLIENT))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("'roles' must name at least one of [publisher, subscriber, caller, callee]");
    }

    // FEAT-02
    @Test
    void aFeatureThatIsNotABooleanIsAViolation() {
        Map<String, Object> caller = Map.of("features", Map.of("call_timeout", 1L));
        assertThatThrownBy(() -> Roles.of(Dict.of("caller", caller), Role.CLIENT))
                .isInstanceOf(ProtocolViolationException.class)
                .hasMessageContaining("call_timeout");
    }

    @Test
    void aCloseMessageThatIsNotAStringIsIgnored() {
        assertThat(CloseDetails.of(Dict.of("message", 1L)).message()).isNull();
    }

    private static <T> void assertDefault(T value, Function<T, Dict> write, Function<Dict, T> read) {
        assertThat(write.apply(value)).isSameAs(Dict.EMPTY);
        assertThat(read.apply(Dict.EMPTY)).isSameAs(value);
    }

    private static <T> void assertSurvives(T value, Function<T, Dict> write, Function<Dict, T> read) {
        assertThat(read.apply(write.apply(value))).isEqualTo(value);
    }
}
