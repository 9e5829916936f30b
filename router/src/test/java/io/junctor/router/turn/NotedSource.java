package io.junctor.router.turn;

/** A source that counts how often it was parked and got room; what it does then is up to the test. */
class NotedSource extends OperationSource {
    volatile int parks;
    volatile int rooms;

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
