package io.junctor.bench.stress;

import io.junctor.router.turn.OperationSource;

/** A lane that counts how often it was parked and got room. Parked by its submitter, told of room by anybody. */
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
