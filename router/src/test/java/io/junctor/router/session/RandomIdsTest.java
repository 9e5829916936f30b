package io.junctor.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.wamp.value.Ids;
import java.io.Serial;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomIdsTest {
    private static final int DRAWS = 160_000;
    private static final int BUCKETS = 16;

    @Test
    void idsReachBothEndsOfTheRangeAndStayInIt() {
        assertThat(new RandomIds(new Constant(0)).next()).isEqualTo(Ids.MIN);
        assertThat(new RandomIds(new Constant(0xff)).next()).isEqualTo(Ids.MAX);
    }

    @Test
    void idsAreSpreadEvenly() throws NoSuchAlgorithmException {
        long seed = 20_261_121;
        System.out.println("RandomIdsTest seed " + seed);
        SecureRandom seeded = SecureRandom.getInstance("SHA1PRNG");
        seeded.setSeed(seed);
        RandomIds ids = new RandomIds(seeded);
        int[] high = new int[BUCKETS];
        int[] low = new int[BUCKETS];

        for (int i = 0; i < DRAWS; i++) {
            long id = ids.next();
            assertThat(id).isBetween(Ids.MIN, Ids.MAX);
            high[(int) ((id - Ids.MIN) >>> 49)]++;
            low[(int) (id % BUCKETS)]++;
        }
        assertThat(chiSquare(high)).as("high bits").isLessThan(45);
        assertThat(chiSquare(low)).as("low bits").isLessThan(45);
    }

    /** Above 45 once in 10,000 where 16 buckets are equally likely. */
    private static double chiSquare(int[] buckets) {
        double expected = (double) DRAWS / BUCKETS;
        return Arrays.stream(buckets)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    private static final class Constant extends SecureRandom {
        @Serial
        private static final long serialVersionUID = 1;

        private final int value;

        Constant(int value) {
            this.value = value;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) value);
        }
    }
}
