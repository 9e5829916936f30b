package io.junctor.wamp;

import java.util.Random;

/** The seed of random tests: constant unless the property {@code wamp.seed} is set. */
final class RandomSeed {
    private RandomSeed() {}

    /** Creates a random generator and prints its seed. */
    static Random random(Object test) {
        long seed = Long.getLong("wamp.seed", 1);
        System.out.println(test.getClass().getSimpleName() + ": -Dwamp.seed=" + seed);
        return new Random(seed);
    }
}
