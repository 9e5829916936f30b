package io.junctor.conformance.cluster;

/** Something that happens to three routers or their NATS servers, and what their clients notice. */
interface Experiment {
    /** Runs it with routers that are in sync. Leaves them running, if not yet in sync. */
    void run(ThreeRouters routers, Measurements measurements) throws Exception;
}
