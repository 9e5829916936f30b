package io.junctor.cluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cluster.engine.SubjectSyntax;
import io.junctor.router.match.Patterns;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UriSubjectsTest {
    private static final int ROUNDS = 20_000;

    @Test
    void componentsBecomeTokens() {
        assertThat(UriSubjects.subject(new Uri("com.Plant_1.state-2"))).isEqualTo("com.Plant_1.state-2");
        assertThat(UriSubjects.subject(new Uri("a.*.>.%"))).isEqualTo("a.%2A.%3E.%25");
        assertThat(UriSubjects.subject(new Uri("a..ü"))).isEqualTo("a.%.%C3%BC");
    }

    @Test
    void patternsBecomeTokensThatStandForOthers() {
        assertThat(UriSubjects.pattern(new Uri("com.plant"), MatchPolicy.PREFIX))
                .isEqualTo("com.>");
        assertThat(UriSubjects.pattern(new Uri("com.plant."), MatchPolicy.PREFIX))
                .isEqualTo("com.plant.>");
        assertThat(UriSubjects.pattern(new Uri("com..state"), MatchPolicy.WILDCARD))
                .isEqualTo("com.*.state");
    }

    @Test
    void longAndManyComponentsEndInADigest() {
        String many = IntStream.range(0, 300).mapToObj(i -> "part" + i).collect(Collectors.joining("."));
        String one = "x".repeat(5_000);
        assertThat(SubjectSyntax.checkSubject(UriSubjects.subject(new Uri(many))))
                .hasSizeLessThan(1_000);
        assertThat(SubjectSyntax.checkSubject(UriSubjects.subject(new Uri(one))))
                .hasSizeLessThan(49);
        assertThat(UriSubjects.subject(new Uri(many))).isNotEqualTo(UriSubjects.subject(new Uri(many + ".more")));
    }

    @Test
    void aPatternMatchesTheSubjectOfEachTopicThatTheSubscriptionMatches() {
        Random random = new Random(4711);
        int matches = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Uri topic = uri(random, false);
            Uri pattern = uri(random, true);
            for (MatchPolicy match : MatchPolicy.values()) {
                if (Patterns.matches(pattern, match, topic)) {
                    matches++;
                    String wanted = SubjectSyntax.checkPattern(UriSubjects.pattern(pattern, match));
                    assertThat(SubjectSyntax.matches(wanted, SubjectSyntax.checkSubject(UriSubjects.subject(topic))))
                            .as("%s %s %s", pattern, match, topic)
                            .isTrue();
                }
            }
        }
        assertThat(matches).isGreaterThan(ROUNDS / 100);
    }

    /** A URI of few different components, so that many match. */
    private static Uri uri(Random random, boolean isPattern) {
        List<String> components = List.of("a", "b*", "%>", "ü$", "y".repeat(60));
        int length = random.nextInt(10) == 0 ? 18 + random.nextInt(5) : 1 + random.nextInt(3);
        boolean isLong = length > 3;
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            boolean isEmpty = isPattern && random.nextInt(4) == 0;
            parts.add(isEmpty ? "" : isLong ? "a" : components.get(random.nextInt(components.size())));
        }
        return new Uri(String.join(".", parts));
    }
}
