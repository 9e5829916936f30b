package io.junctor.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.access.Permissions;
import io.junctor.router.config.Action;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private final Rights rights = new Rights(RealmConfig.open("test"), new Permissions(RoleConfig.everything()));
    private final Findings findings = new Findings(rights, question -> {});

    @Test
    void rememberedVerdictsAreBoundedByTheirBytes() {
        String longPart = "\u4e00".repeat(990);
        int highest = 0;
        for (int i = 0; i < 2_000; i++) {
            assertThat(find("x" + i + "." + longPart).refusal()).isNull();
            highest = Math.max(highest, findings.knownBytes());
        }

        assertThat(highest).isBetween(Findings.MEMORY_BYTES / 2, Findings.MEMORY_BYTES);
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
        return findings.find(new Question(Action.SUBSCRIBE, new Uri(uri), MatchPolicy.EXACT));
    }
}
