package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.Disclose;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Section 10.5: caller identification and trust levels. */
class CallerScenario {
    @Scenario({"RPC-IDENT-01", "RPC-IDENT-04"})
    void aCallerIsDisclosedOnRequest(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.connect();
        Identity identity = caller.join(Testbed.REALM).details().identity();
        expectNamed(caller, identity, invocation(caller, callee, Map.of("disclose_me", true)));
        Map<String, Object> forged = Map.of("caller", 1L, "caller_authid", "root", "caller_authrole", "admin");
        assertThat(invocation(caller, callee, forged).details()).isEqualTo(InvocationDetails.NONE);
    }

    @Scenario({"RPC-IDENT-03", "RPC-SHARE-05"})
    void aRegistrationMayAskForDisclosedCallers(Testbed testbed) {
        Peer curious = testbed.join();
        Peer plain = testbed.join();
        register(curious, Map.of("disclose_caller", true, "invoke", "roundrobin"));
        register(plain, Map.of("invoke", "roundrobin"));
        Peer caller = testbed.connect();
        Identity identity = caller.join(Testbed.REALM).details().identity();
        expectNamed(caller, identity, invocation(caller, curious, Map.of()));
        assertThat(invocation(caller, plain, Map.of()).details().caller()).isNull();
    }

    @Scenario({"RPC-IDENT-02", "RPC-IDENT-03"})
    void discloseMeIsRefusedIfARuleNeverDisclosesCallers(Testbed testbed) {
        testbed.realms(realm(rule("", Disclose.NEVER, 0, Action.CALL, Action.REGISTER)));
        Peer callee = testbed.join();
        callee.register("procedure");
        long register = callee.nextRequest();
        callee.sendList(64, register, Map.of("disclose_caller", true), "other");
        callee.expectError(Register.CODE, register, WampError.DISCLOSE_ME_DISALLOWED);
        Peer caller = testbed.join();
        long request = caller.nextRequest();
        caller.sendList(48, request, Map.of("disclose_me", true), "procedure");
        caller.expectError(Call.CODE, request, WampError.DISCLOSE_ME_DISALLOWED);
        callee.expectNothing();
    }

    @Scenario({"RPC-IDENT-03", "RPC-IDENT-04"})
    void aRuleAboutCallsGoesBeforeWhatACalleeWants(Testbed testbed) {
        testbed.realms(realm(
                rule("", Disclose.ON_REQUEST, 0, Action.REGISTER),
                rule("procedure", Disclose.NEVER, 0, Action.CALL),
                rule("named", Disclose.ALWAYS, 0, Action.CALL)));
        Peer callee = testbed.join();
        register(callee, Map.of("disclose_caller", true));
        callee.register("named");
        Peer caller = testbed.connect();
        Identity identity = caller.join(Testbed.REALM).details().identity();
        assertThat(invocation(caller, callee, Map.of()).details().caller()).isNull();
        long request = caller.call("named");
        Invocation invocation = callee.expect(Invocation.class);
        callee.answer(invocation);
        caller.expectResult(request);
        expectNamed(caller, identity, invocation);
    }

    @Scenario({"RPC-TRUST-01", "FEAT-02"})
    void trustLevelsAreSentIfARuleHasOne(Testbed testbed) {
        testbed.realms(realm(
                rule("", Disclose.ON_REQUEST, 0, Action.CALL, Action.REGISTER),
                rule("procedure", Disclose.ON_REQUEST, 3, Action.CALL)));
        Peer callee = testbed.connect();
        assertThat(callee.join(Testbed.REALM).details().roles().has(Role.DEALER, Feature.CALL_TRUSTLEVELS))
                .isTrue();
        callee.register("procedure");
        Peer caller = testbed.join();
        assertThat(invocation(caller, callee, Map.of()).details().trustLevel()).isEqualTo(3);
    }

    @Scenario("RPC-TRUST-01")
    void withoutARuleWithATrustLevelNoneIsSent(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.connect();
        assertThat(callee.join(Testbed.REALM).details().roles().has(Role.DEALER, Feature.CALL_TRUSTLEVELS))
                .isFalse();
        callee.register("procedure");
        assertThat(invocation(testbed.join(), callee, Map.of()).details().trustLevel())
                .isNull();
    }

    private static Invocation invocation(Peer caller, Peer callee, Map<String, Object> options) {
        long request = caller.nextRequest();
        caller.sendList(48, request, options, "procedure");
        Invocation invocation = callee.expect(Invocation.class);
        callee.answer(invocation);
        caller.expectResult(request);
        return invocation;
    }

    private static void register(Peer callee, Map<String, Object> options) {
        callee.sendList(64, callee.nextRequest(), options, "procedure");
        callee.expect(Registered.class);
    }

    private static void expectNamed(Peer caller, Identity identity, Invocation invocation) {
        var named = Objects.requireNonNull(invocation.details().caller());
        assertThat(named.session()).isEqualTo(caller.session());
        assertThat(named.authid()).isEqualTo(identity.authid());
        assertThat(named.authrole()).isEqualTo(identity.authrole());
    }

    private static Rule rule(String prefix, Disclose disclose, int trustLevel, Action... actions) {
        return new Rule(
                new Uri(prefix), MatchPolicy.PREFIX, Set.of(actions), new RuleEffect.Allow(disclose, trustLevel));
    }

    private static RealmConfig realm(Rule... rules) {
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        List<Rule> all = new ArrayList<>(List.of(rules));
        all.add(new Rule(new Uri(""), MatchPolicy.PREFIX, Set.of(Action.SUBSCRIBE), true));
        return open.toBuilder().role("anonymous", new RoleConfig(all)).build();
    }
}
