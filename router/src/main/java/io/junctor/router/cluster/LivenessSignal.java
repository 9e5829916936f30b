package io.junctor.router.cluster;

/**
 * A signal between routers about a callee: it finds out whether the callee's client is alive while another session wants to register the
 * same procedure.
 */
public enum LivenessSignal {
    /** Asks the callee's router whether the client is alive. The router answers only if the client is alive. */
    PROBE,
    /** Answer of the callee's router: the client is alive. */
    ALIVE,
    /** Answer of the callee's router to a probe: the callee has open invocations. */
    BUSY,
    /** Tells the callee's router to end the session, because the client did not answer. */
    SILENT,
    /**
     * Tells each router that has calls at this router that the connection was lost, so that messages may be lost: the receiver asks about
     * each open invocation. It is about no particular callee.
     */
    RECONNECTED
}
