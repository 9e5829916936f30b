package io.junctor.router.realm;

import io.junctor.router.metrics.Counters;
import io.junctor.router.session.MemoryPressure;
import io.junctor.router.turn.Timers;
import java.security.SecureRandom;
import java.util.concurrent.Executor;

/**
 * What all realms of a router share; every part is safe for use by many threads.
 *
 * @param sessionIds the session ids in use
 * @param random where ids come from
 * @param counters what is counted
 * @param timers time
 * @param workers runs what may block
 * @param pressure the state of all outboxes together
 * @param guesses failed attempts to join
 * @param attempts attempts to join that are under way
 */
record Surroundings(
        SessionIds sessionIds,
        SecureRandom random,
        Counters counters,
        Timers timers,
        Executor workers,
        MemoryPressure pressure,
        Guesses guesses,
        AttemptQueues attempts) {}
