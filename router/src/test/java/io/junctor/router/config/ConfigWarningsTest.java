package io.junctor.router.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.http.CrossbarChecks;
import io.junctor.router.config.http.CrossbarService;
import io.junctor.router.config.http.HookRetries;
import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.AuthMethod;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigWarningsTest {
    private static final long LARGE_HEAP = 1L << 40;
    private static final RealmConfig REALM = RealmConfig.builder("realm1")
            .auth(AuthConfig.anonymous("user"))
            .role("user", RoleConfig.everything())
            .build();

    @Test
    void rolesThatNoMethodGrantsAreFound() {
        RealmConfig realm =
                REALM.toBuilder().role("other", RoleConfig.everything()).build();

        assertThat(warnings(RouterConfig.builder().realm(realm)))
                .containsExactly(
                        "realms / realm1 / roles / other: no authentication method of this realm grants the role 'other'");
    }

    @Test
    void whatListenersRefuseIsFound() {
        assertThat(warnings(config(JoinRestriction.NONE))).isEmpty();
        assertThat(warnings(config(new JoinRestriction(Set.of("realm2"), Set.of(), Set.of()))))
                .containsExactly("realms / realm1: no listener admits sessions of the realm 'realm1'");
        assertThat(warnings(config(new JoinRestriction(Set.of(), Set.of("ticket"), Set.of("admin")))))
                .containsExactly(
                        "realms / realm1: no listener admits an authentication method of this realm",
                        "realms / realm1: no listener admits sessions of the role 'user'");
        assertThat(warnings(RouterConfig.builder().realm(REALM))).isEmpty();
    }

    private static RouterConfig.Builder config(JoinRestriction joins) {
        ListenerConfig listener = ListenerConfig.builder().joins(joins).build();
        return RouterConfig.builder().listener(listener).realm(REALM);
    }

    @Test
    void messagesThatDoNotFitAreFound() {
        assertThat(ConfigWarnings.of(config(JoinRestriction.NONE).build(), 1L << 20))
                .hasSize(3)
                .allSatisfy(warning -> assertThat(warning.toString()).startsWith("listen / 0: message_bytes is "));
    }

    @Test
    void asteriskInARuleIsFoundAtItsPlace() {
        Set<Action> call = Set.of(Action.CALL);
        RoleConfig role = new RoleConfig(List.of(
                new Rule(new Uri("com.a"), MatchPolicy.EXACT, call, true),
                new Rule(new Uri("com.b"), MatchPolicy.EXACT, call, false),
                new Rule(new Uri("com.*"), MatchPolicy.EXACT, call, true)));

        assertThat(warnings(RouterConfig.builder()
                        .realm(REALM.toBuilder().role("user", role).build())))
                .containsExactly(
                        "realms / realm1 / roles / user / allow / 1 / uri: '*' in 'com.*' is an ordinary character,"
                                + " not a pattern: for all URIs that begin with 'com.' write uri: \"com.\" and match: prefix");
    }

    @Test
    void accountsWithoutASocketAreFound() {
        AuthMethodConfig unix = AuthMethodConfig.of(
                AuthMethod.UNIX, new AuthSource.Procedure(new Uri("com.example.authenticate"), null));
        RealmConfig realm = REALM.toBuilder().auth(REALM.auth().with(unix)).build();

        assertThat(warnings(RouterConfig.builder()
                        .listener(ListenerConfig.of("::1", 0))
                        .realm(realm)))
                .containsExactly(
                        "realms / realm1 / auth / unix: no client can use this method: no listener is a Unix domain"
                                + " socket without 'trusted_proxies' (listen, unix)");
    }

    @Test
    void servicesThatAllCanUseAreFound() {
        CrossbarChecks checks =
                new CrossbarChecks(null, null, HookRetries.DEFAULT.longest(), null, List.of(), false, 1_000);
        CrossbarService open =
                new CrossbarService(CrossbarService.Kind.CALLER, "realm1", "user", null, checks, "OK", "NOT OK");
        ListenerConfig listener =
                ListenerConfig.builder().crossbarServices(Map.of("/call", open)).build();

        assertThat(warnings(RouterConfig.builder().listener(listener).realm(REALM)))
                .containsExactly(
                        "listen / 0 / crossbar_services / /call: every client can use '/call' with the role 'user':"
                                + " it has neither 'secret' nor 'require_ip'");
    }

    private static List<String> warnings(RouterConfig.Builder config) {
        return ConfigWarnings.of(config.build(), LARGE_HEAP).stream()
                .map(ConfigWarning::toString)
                .toList();
    }
}
