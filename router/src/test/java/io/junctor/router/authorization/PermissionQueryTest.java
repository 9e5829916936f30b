package io.junctor.router.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import org.junit.jupiter.api.Test;

class PermissionQueryTest {
    @Test
    void questionsOfEqualHashAreOrdered() {
        PermissionQuery one = new PermissionQuery(Action.CALL, new Uri("Aa"), MatchPolicy.EXACT);
        PermissionQuery other = new PermissionQuery(Action.CALL, new Uri("BB"), MatchPolicy.EXACT);

        assertThat(one).hasSameHashCodeAs(other).isLessThan(other);
        assertThat(one.compareTo(new PermissionQuery(Action.CALL, new Uri("Aa"), MatchPolicy.EXACT)))
                .isZero();
        assertThat(one.compareTo(new PermissionQuery(Action.PUBLISH, new Uri("Aa"), MatchPolicy.EXACT)))
                .isNotZero();
        assertThat(one.compareTo(new PermissionQuery(Action.CALL, new Uri("Aa"), MatchPolicy.PREFIX)))
                .isNotZero();
    }
}
