package io.junctor.router.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongMapTest {
    private static final int STEPS = 10_000;
    private static final int IDS = 4;

    @Test
    void itHasTheValuesOfAnyOtherMap() {
        Random random = new Random(4_711);
        LongMap<Integer> map = new LongMap<>();
        Map<Long, Integer> other = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            if (step % 100 == 0) {
                // A map with one value at most has another form.
                map = new LongMap<>();
                other.clear();
            }
            long id = random.nextInt(step % 200 < 100 ? 1 : IDS);
            if (random.nextBoolean()) {
                assertThat(map.put(id, step)).isEqualTo(other.put(id, step));
            } else {
                assertThat(map.remove(id)).isEqualTo(other.remove(id));
            }
            assertThat(map.get(id)).isEqualTo(other.get(id));
            assertThat(map.containsKey(id + 1)).isEqualTo(other.containsKey(id + 1));
            assertThat(map.values()).containsExactlyInAnyOrderElementsOf(other.values());
            assertThat(map.ids()).containsExactlyInAnyOrderElementsOf(other.keySet());
            assertThat(map.size()).isEqualTo(other.size());
            assertThat(map.isEmpty()).isEqualTo(other.isEmpty());
        }
    }
}
