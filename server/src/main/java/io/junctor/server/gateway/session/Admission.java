package io.junctor.server.gateway.session;

/** The decision whether a request gets a session. */
public sealed interface Admission permits Admission.Admitted, Admission.Refused {
    /**
     * The request gets a session, which it must release.
     *
     * @param session the session, which other requests of the same client may use too
     * @param release releases the session; must be run once
     */
    record Admitted(GatewaySession session, Runnable release) implements Admission {}

    /**
     * The request gets no session.
     *
     * @param reason the error of the router, or of the gateway
     */
    record Refused(Reply.Failure reason) implements Admission {}
}
