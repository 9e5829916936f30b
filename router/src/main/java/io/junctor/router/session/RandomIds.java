package io.junctor.router.session;

import io.junctor.wamp.value.Ids;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Used by one thread at a time. Ids of global scope (section "IDs"), uniform over the whole range and as unpredictable as their
 * source. Random bytes are fetched for many ids at once, as each fetch may be a system call.
 */
public final class RandomIds {
    private final RandomGenerator random;
    private final ByteBuffer stock = ByteBuffer.allocate(2048).flip();

    /** Ids drawn from {@code random}. */
    public RandomIds(RandomGenerator random) {
        this.random = random;
    }

    /** Ids for what nobody gains anything by guessing, drawn at a tenth of the cost; {@code seed} gives the beginning. */
    public static RandomIds guessable(SecureRandom seed) {
        return new RandomIds(new SplittableRandom(seed.nextLong()));
    }

    /** An id, not related to any other. */
    public long next() {
        if (!stock.hasRemaining()) {
            random.nextBytes(stock.array());
            stock.clear();
        }
        return (stock.getLong() & (Ids.MAX - 1)) + Ids.MIN;
    }
}
