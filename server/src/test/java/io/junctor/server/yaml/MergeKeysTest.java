package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RouterConfig;
import io.junctor.wamp.value.UriRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Anchors, aliases and merge keys. */
class MergeKeysTest {

    @Test
    void mapTakesTheKeysOfAnotherThatItDoesNotHave() {
        RouterConfig config = parse("""
                x-defaults: &defaults
                  auth: { anonymous: { role: guest } }
                  roles: { guest: }
                  uris: strict
                realms:
                  a: *defaults
                  b: { <<: *defaults, uris: loose }
                  c:
                    uris: loose
                    <<: *defaults
                """).orThrow();

        assertThat(config.realms()).extracting(RealmConfig::name).containsExactly("a", "b", "c");
        assertThat(config.realms())
                .extracting(RealmConfig::uris)
                .containsExactly(UriRules.STRICT, UriRules.LOOSE, UriRules.LOOSE);
    }

    @Test
    void earlierMapOfAListComesFirstAndMergesNest() {
        RouterConfig config = parse("""
                x-small: &small { mailbox: 10, mailbox_per_session: 5 }
                x-smaller: &smaller { <<: *small, mailbox_per_session: 2, waiting_calls: 7 }
                realms:
                  a:
                    auth: { anonymous: { role: guest } }
                    roles: { guest: }
                    limits: { <<: [*small, *smaller] }
                """).orThrow();

        RealmLimits limits = config.realms().getFirst().limits();
        assertThat(List.of(limits.mailbox(), limits.mailboxPerSession(), limits.waitingCalls()))
                .containsExactly(10, 5, 7);
    }

    @Test
    void manyRealmsMayUseOneAnchor() {
        StringBuilder realms =
                new StringBuilder("realms:\n  r0: &r { auth: { anonymous: { role: a } }, roles: { a: } }\n");
        for (int i = 1; i <= 500; i++) {
            realms.append("  r").append(i).append(": *r\n");
        }

        assertThat(parse(realms.toString()).orThrow().realms()).hasSize(501);
    }

    @Test
    void errorsInMergedMapsHaveTheirOwnPosition() {
        assertThat(errors("""
                x-defaults: &defaults { uriz: strict, auth: { anonymous: { role: guest } } }
                realms:
                  a: { <<: *defaults, roles: { guest: } }
                  b: { <<: 5, <<: [*defaults, 6], auth: { anonymous: { role: guest } }, roles: { guest: } }
                """))
                .containsExactly(
                        "f.yaml:1:25: unknown key 'uriz'; did you mean 'uris'?",
                        "f.yaml:4:12: '<<' must be a map or a list of maps, such as *NAME or [*NAME, *OTHER]",
                        "f.yaml:4:19: '<<' must be a map or a list of maps, such as *NAME or [*NAME, *OTHER]");
    }

    @Test
    void mapThatMergesItselfIsRefused() {
        assertThat(errors("realms: &r { a: { <<: *r } }\n")).isNotEmpty();
        assertThat(errors("realms: { a: &a { <<: *a } }\n"))
                .contains("f.yaml:1:14: '<<' must not merge a map into itself");
    }

    private static ConfigResult parse(String text) {
        return ConfigFile.parse("f.yaml", text, Map.of());
    }

    private static List<String> errors(String text) {
        return switch (parse(text)) {
            case ConfigResult.Valid valid -> List.of();
            case ConfigResult.Invalid invalid ->
                invalid.errors().stream().map(Diagnostic::toString).toList();
        };
    }
}
