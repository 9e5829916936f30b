package io.junctor.router.session;

import io.junctor.wamp.value.Ids;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Used by one thread at a time. Ids of global scope (section "IDs"): unpredictable and uniform over the whole range. Random bytes
 * are fetched for many ids at once, as each fetch is a system call.
 */
public final class RandomIds {
    private final SecureRandom random;
    private final ByteBuffer stock = ByteBuffer.allocate(2048).flip();

    /** Ids drawn from {@code random}. */
    public RandomIds(SecureRandom random) {
        this.random = random;
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
