package io.junctor.router.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.reply.Refusal;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionCacheTest {
    private final SessionPermissions permissions =
            new SessionPermissions(RealmConfig.open("test"), new Permissions(RoleConfig.everything()));
    private final DecisionCache cache = new DecisionCache(permissions, query -> {});

    @Test
    void rememberedVerdictsAreBoundedByTheirBytes() {
        String longPart = "\u4e00".repeat(990);
        int highest = 0;
        for (int i = 0; i < 2_000; i++) {
            assertThat(find("x" + i + "." + longPart)).isInstanceOf(Verdict.Allowed.class);
            highest = Math.max(highest, cache.usedBytes());
        }

        assertThat(highest).isBetween(DecisionCache.MEMORY_BYTES / 2, DecisionCache.MEMORY_BYTES);
    }

    @Test
    void whatIsKnownIsNotCountedTwice() {
        find("topic");
        int once = cache.usedBytes();
        Verdict again = find("topic");

        assertThat(cache.usedBytes()).isEqualTo(once);
        assertThat(find("topic")).isSameAs(again);
    }

    @Test
    void aDenialIsReportedWhenItIsFoundAndNotWhenItIsCached() {
        List<PermissionQuery> denied = new ArrayList<>();
        DecisionCache nothingAllowed = new DecisionCache(
                new SessionPermissions(RealmConfig.open("test"), new Permissions(new RoleConfig(List.of()))),
                denied::add);
        PermissionQuery query = new PermissionQuery(Action.SUBSCRIBE, new Uri("topic"), MatchPolicy.EXACT);

        assertThat(nothingAllowed.find(query)).isEqualTo(SessionPermissions.DENIED);
        assertThat(nothingAllowed.find(query)).isEqualTo(SessionPermissions.DENIED);
        assertThat(denied).containsExactly(query);
    }

    @Test
    void aUriOverTheLimitIsRefusedAndNotRemembered() {
        Refusal refusal = ((Verdict.Refused) find("a".repeat(1_001))).refusal();

        assertThat(refusal.error()).isEqualTo(WampError.INVALID_URI);
        assertThat(refusal.text()).contains("uri_characters");
        assertThat(cache.usedBytes()).isZero();
    }

    private Verdict find(String uri) {
        return cache.find(new PermissionQuery(Action.SUBSCRIBE, new Uri(uri), MatchPolicy.EXACT));
    }
}
