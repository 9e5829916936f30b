package io.junctor.server.gateway.session;

/** Whether a request gets a session. */
public sealed interface Admission permits Admission.Admitted, Admission.Refused {
    /**
     * It does, and must give it back.
     *
     * @param session the session, which other requests of the same client may use too
     * @param release gives it back; to be run once
     */
    record Admitted(GatewaySession session, Runnable release) implements Admission {}

    /**
     * It does not.
     *
     * @param reason the answer of the router, or of the gateway
     */
    record Refused(Reply.Failure reason) implements Admission {}
}
