package io.junctor.router.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.reply.Refusal;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import org.junit.jupiter.api.Test;

class DecisionCacheTest {
    private final SessionPermissions rights =
            new SessionPermissions(RealmConfig.open("test"), new Permissions(RoleConfig.everything()));
    private final DecisionCache findings = new DecisionCache(rights, question -> {});

    @Test
    void rememberedVerdictsAreBoundedByTheirBytes() {
        String longPart = "\u4e00".repeat(990);
        int highest = 0;
        for (int i = 0; i < 2_000; i++) {
            assertThat(find("x" + i + "." + longPart).refusal()).isNull();
            highest = Math.max(highest, findings.knownBytes());
        }

        assertThat(highest).isBetween(DecisionCache.MEMORY_BYTES / 2, DecisionCache.MEMORY_BYTES);
    }

    @Test
    void whatIsKnownIsNotCountedTwice() {
        find("topic");
        int once = findings.knownBytes();
        Verdict again = find("topic");

        assertThat(findings.knownBytes()).isEqualTo(once);
        assertThat(find("topic")).isSameAs(again);
    }

    @Test
    void aUriOverTheLimitIsRefusedAndNotRemembered() {
        Refusal refusal = find("a".repeat(1_001)).refusal();

        assertThat(refusal).isNotNull();
        assertThat(refusal.error()).isEqualTo(WampError.INVALID_URI);
        assertThat(refusal.text()).contains("uri_characters");
        assertThat(findings.knownBytes()).isZero();
    }

    private Verdict find(String uri) {
        return findings.find(new PermissionQuery(Action.SUBSCRIBE, new Uri(uri), MatchPolicy.EXACT));
    }
}
