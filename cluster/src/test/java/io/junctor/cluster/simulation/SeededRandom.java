package io.junctor.cluster.simulation;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Random;

/** Random bytes that a seed decides. For one thread. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    SeededRandom(long seed) {
        super(new Bytes(seed), null);
    }

    private static final class Bytes extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final Random random;

        Bytes(long seed) {
            this.random = new Random(seed);
        }

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            byte[] seed = new byte[length];
            random.nextBytes(seed);
            return seed;
        }
    }
}
