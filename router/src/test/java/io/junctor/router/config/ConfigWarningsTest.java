package io.junctor.router.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigWarningsTest {
    private static final RealmConfig REALM = RealmConfig.builder("realm1")
            .auth(AuthConfig.anonymous("user"))
            .role("user", RoleConfig.everything())
            .role("other", RoleConfig.everything())
            .build();

    private static RouterConfig config(JoinRestriction joins) {
        ListenerConfig listener = ListenerConfig.builder().joins(joins).build();
        return RouterConfig.builder().listener(listener).realm(REALM).build();
    }

    @Test
    void rolesThatNoMethodGrantsAreFound() {
        assertThat(ConfigWarnings.rolesWithoutMethod(REALM, config(JoinRestriction.NONE)))
                .containsExactly("other");
    }

    @Test
    void whatListenersRefuseIsFound() {
        assertThat(ConfigWarnings.refusedByListeners(REALM, config(JoinRestriction.NONE)))
                .isEmpty();
        assertThat(ConfigWarnings.refusedByListeners(
                        REALM, config(new JoinRestriction(Set.of("realm2"), Set.of(), Set.of()))))
                .containsExactly("no listener admits sessions of the realm 'realm1'");
        assertThat(ConfigWarnings.refusedByListeners(
                        REALM, config(new JoinRestriction(Set.of(), Set.of("ticket"), Set.of("user")))))
                .containsExactly(
                        "no listener admits sessions of the role 'other'",
                        "no listener admits an authentication method of this realm");
        assertThat(ConfigWarnings.refusedByListeners(
                        REALM, RouterConfig.builder().realm(REALM).build()))
                .isEmpty();
    }

    @Test
    void messagesThatDoNotFitAreFound() {
        RouterConfig config = config(JoinRestriction.NONE);
        ListenerConfig listener = config.listeners().getFirst();

        assertThat(ConfigWarnings.tooLargeMessages(listener, config, 1L << 40)).isEmpty();
        assertThat(ConfigWarnings.tooLargeMessages(listener, config, 1L << 20))
                .hasSize(3)
                .allSatisfy(warning -> assertThat(warning).startsWith("message_bytes is "));
    }
}
