package io.junctor.conformance.cluster;

import java.time.Duration;

/** How long a failure lasts. */
final class Pause {
    private Pause() {}

    /** Waits for so long. */
    static void of(Duration length) throws InterruptedException {
        Thread.sleep(length);
    }
}
