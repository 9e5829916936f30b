package io.junctor.router.session;

import io.junctor.wamp.value.Ids;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Generates random ids of global scope (section "IDs"), unpredictable and uniformly distributed over the whole range. Fetches random bytes
 * for many ids at once, because each fetch is a system call. Confined to one thread at a time.
 */
public final class RandomIds {
    private final SecureRandom random;
    private final ByteBuffer stock = ByteBuffer.allocate(2048).flip();

    /** Creates a generator that uses {@code random}. */
    public RandomIds(SecureRandom random) {
        this.random = random;
    }

    /** Returns a new random id. */
    public long next() {
        if (!stock.hasRemaining()) {
            random.nextBytes(stock.array());
            stock.clear();
        }
        return (stock.getLong() & (Ids.MAX - 1)) + Ids.MIN;
    }
}
