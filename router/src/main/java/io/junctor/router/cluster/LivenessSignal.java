package io.junctor.router.cluster;

/** A signal between routers: whether the client of a callee is alive, while another session wants its procedure. */
public enum LivenessSignal {
    /** Is the client of this callee alive? To the callee's router, which answers only if it is. */
    PROBE,
    /** It is. From the callee's router. */
    ALIVE,
    /** It has open invocations. From the callee's router, in answer to a probe. */
    BUSY,
    /** It did not answer: its session is to end. To the callee's router. */
    SILENT,
    /** Messages may be lost: ask about each open invocation. About no callee, to each router that has calls here, after a connection was lost. */
    RECONNECTED
}
