package io.junctor.wamp;

import java.util.Random;

/** Where random tests begin: the same every time, unless the property {@code wamp.seed} says otherwise. */
final class RandomSeed {
    private RandomSeed() {}

    /** A generator whose seed stands in the output of the test. */
    static Random random(Object test) {
        long seed = Long.getLong("wamp.seed", 1);
        System.out.println(test.getClass().getSimpleName() + ": -Dwamp.seed=" + seed);
        return new Random(seed);
    }
}
