package io.junctor.cluster.simulation;

/** The routers did something else than they promise. */
final class BrokenPromise extends AssertionError {
    private static final long serialVersionUID = 1L;

    BrokenPromise(String what) {
        super(what);
    }
}
