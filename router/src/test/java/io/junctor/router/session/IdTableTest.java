package io.junctor.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdTableTest {
    @Test
    void itHoldsWhatAMapHolds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        IdTable<String> roll = new IdTable<>();
        Map<Long, String> map = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            long id = 1L + random.nextInt(100);
            if (!map.containsKey(id) && random.nextBoolean()) {
                roll.put(id, "thing" + step);
                map.put(id, "thing" + step);
            } else {
                roll.remove(id);
                map.remove(id);
            }
            assertThat(roll.get(id)).as("seed %d step %d", seed, step).isEqualTo(map.get(id));
            assertThat(roll.size()).isEqualTo(map.size());
        }
        assertThat(roll.copy()).containsExactlyInAnyOrderElementsOf(map.values());
    }

    @Test
    void aCopyStaysAsItIs() {
        IdTable<String> roll = new IdTable<>();
        roll.put(1, "one");
        roll.put(2, "two");
        List<String> copy = roll.copy();
        roll.remove(1);
        assertThat(copy).containsExactly("one", "two");
        assertThat(roll.copy()).containsExactly("two");
    }
}
