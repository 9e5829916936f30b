package io.junctor.router.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.collections.Hashing;
import org.junit.jupiter.api.Test;

/** Clients choose ids and texts whose hashes are equal; salted, they are not. */
class SaltedHashTest {
    private static final int MANY = 10_000;
    /** Slots of a hash map that has room for as many. */
    private static final int MASK = (1 << 15) - 1;

    @Test
    void idsThatFallTogetherUnsaltedDoNotSalted() {
        List<Long> colliding = new ArrayList<>();
        for (long id = 1; colliding.size() < MANY; id++) {
            if (Hashing.hash(id, MASK) == 0) {
                colliding.add(id);
            }
        }

        assertThat(mostInOneSlot(colliding)).isEqualTo(MANY);
        assertThat(mostInOneSlot(colliding.stream().map(SaltedHash::of).toList()))
                .isLessThan(16);
    }

    @Test
    void textsOfEqualHashDifferSalted() {
        Set<String> texts = equalHashes(14);
        Set<Long> salted = texts.stream()
                .map(text -> SaltedHash.of(text, 0, text.length()))
                .collect(Collectors.toSet());

        assertThat(texts.stream().map(String::hashCode).distinct()).hasSize(1);
        assertThat(salted).hasSameSizeAs(texts);
    }

    @Test
    void saltedIdsStayDifferent() {
        assertThat(IntStream.range(0, MANY)
                        .mapToObj(i -> SaltedHash.of((long) i))
                        .distinct())
                .hasSize(MANY);
    }

    private static int mostInOneSlot(List<Long> ids) {
        Map<Integer, Integer> countBySlot = new HashMap<>();
        for (long id : ids) {
            countBySlot.merge(Hashing.hash(id, MASK), 1, Integer::sum);
        }
        return countBySlot.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Two to the power of {@code pairs} texts. */
    private static Set<String> equalHashes(int pairs) {
        Set<String> texts = Set.of("");
        for (int i = 0; i < pairs; i++) {
            Set<String> longer = new HashSet<>();
            texts.forEach(text -> longer.addAll(List.of(text + "Aa", text + "BB")));
            texts = longer;
        }
        return texts;
    }
}
