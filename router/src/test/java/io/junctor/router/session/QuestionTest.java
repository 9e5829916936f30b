package io.junctor.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import org.junit.jupiter.api.Test;

class QuestionTest {
    @Test
    void questionsOfEqualHashAreOrdered() {
        Question one = new Question(Action.CALL, new Uri("Aa"), MatchPolicy.EXACT);
        Question other = new Question(Action.CALL, new Uri("BB"), MatchPolicy.EXACT);

        assertThat(one).hasSameHashCodeAs(other).isLessThan(other);
        assertThat(one.compareTo(new Question(Action.CALL, new Uri("Aa"), MatchPolicy.EXACT)))
                .isZero();
        assertThat(one.compareTo(new Question(Action.PUBLISH, new Uri("Aa"), MatchPolicy.EXACT)))
                .isNotZero();
        assertThat(one.compareTo(new Question(Action.CALL, new Uri("Aa"), MatchPolicy.PREFIX)))
                .isNotZero();
    }
}
