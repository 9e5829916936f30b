package io.junctor.bench.stress;

import io.junctor.router.turn.OperationSource;

/**
 * Counts how often the turnstile parked and resumed this source. The submitting thread calls {@code onPark}; any
 * thread calls {@code onRoom}.
 */
final class CountingOperationSource extends OperationSource {
    volatile int parks;
    volatile int rooms;

    boolean isParked() {
        return parks != rooms;
    }

    @Override
    protected void onPark() {
        int before = parks;
        parks = before + 1;
    }

    @Override
    protected void onRoom() {
        int before = rooms;
        rooms = before + 1;
    }
}
