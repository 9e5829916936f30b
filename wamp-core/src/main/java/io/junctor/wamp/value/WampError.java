package io.junctor.wamp.value;

/**
 * Immutable. The catalogue of error and close URIs (sections "Predefined URIs" and "Error Handling"), with when each is
 * sent.
 */
public enum WampError {
    INVALID_URI("wamp.error.invalid_uri", "a URI breaks the rules of its place"),
    NO_SUCH_PROCEDURE("wamp.error.no_such_procedure", "a call to a procedure nobody registered"),
    PROCEDURE_ALREADY_EXISTS("wamp.error.procedure_already_exists", "the procedure is registered already"),
    NO_SUCH_REGISTRATION("wamp.error.no_such_registration", "the session holds no such registration"),
    NO_SUCH_SUBSCRIPTION("wamp.error.no_such_subscription", "the session holds no such subscription"),
    INVALID_ARGUMENT(
            "wamp.error.invalid_argument",
            "arguments do not suit the procedure, or an option has a value that is not known"),
    CANCELED("wamp.error.canceled", "a call was canceled, or its callee left"),
    CANCELLED("wamp.error.cancelled", "never sent; read like wamp.error.canceled"),
    PAYLOAD_SIZE_EXCEEDED("wamp.error.payload_size_exceeded", "a payload is over the receiver's limit"),
    PROTOCOL_VIOLATION("wamp.error.protocol_violation", "the peer broke the protocol"),
    NOT_AUTHORIZED("wamp.error.not_authorized", "the session may not do this"),
    AUTHORIZATION_FAILED("wamp.error.authorization_failed", "the authorizer itself failed"),
    NO_SUCH_REALM("wamp.error.no_such_realm", "the realm does not exist"),
    NO_SUCH_ROLE("wamp.error.no_such_role", "the role does not exist in the realm"),
    NO_MATCHING_AUTH_METHOD("wamp.error.no_matching_auth_method", "no offered method is configured"),
    NO_SUCH_PRINCIPAL("wamp.error.no_such_principal", "the authid is unknown"),
    AUTHENTICATION_DENIED("wamp.error.authentication_denied", "the credentials are wrong"),
    AUTHENTICATION_FAILED("wamp.error.authentication_failed", "authentication could not be carried out in time"),
    AUTHENTICATION_REQUIRED("wamp.error.authentication_required", "anonymous sessions are not admitted"),
    AUTHORIZATION_DENIED("wamp.error.authorization_denied", "never sent; not_authorized is"),
    AUTHORIZATION_REQUIRED("wamp.error.authorization_required", "a capability is needed first"),
    TIMEOUT("wamp.error.timeout", "a call took longer than its timeout"),
    OPTION_NOT_ALLOWED("wamp.error.option_not_allowed", "policy refuses an option"),
    DISCLOSE_ME_DISALLOWED("wamp.error.option_disallowed.disclose_me", "policy refuses disclosure"),
    DISCLOSE_ME_NOT_ALLOWED("wamp.error.disclose_me.not_allowed", "never sent; option_disallowed.disclose_me is"),
    NETWORK_FAILURE("wamp.error.network_failure", "a link failed while routing"),
    UNAVAILABLE("wamp.error.unavailable", "sent by callees that want the call to go elsewhere"),
    NO_AVAILABLE_CALLEE("wamp.error.no_available_callee", "no callee can take the call now"),
    FEATURE_NOT_SUPPORTED("wamp.error.feature_not_supported", "the other side lacks the feature"),
    NO_SUCH_SESSION("wamp.error.no_such_session", "no such session in this realm"),
    INVALID_PAYLOAD(
            "wamp.error.invalid_payload",
            "arguments cannot be read, or have no form in the serialization of the receiver"),
    RUNTIME_ERROR("wamp.error.runtime_error", "a handler failed"),
    HISTORY_UNAVAILABLE("wamp.error.history_unavailable", "no history is kept"),
    CANNOT_AUTHENTICATE("wamp.error.cannot_authenticate", "the client cannot answer the challenge"),
    NO_AUTH_METHOD("wamp.error.no_auth_method", "never sent; no_matching_auth_method is"),
    INVOCATION_POLICY_CONFLICT(
            "wamp.error.procedure_exists_with_different_invocation_policy", "never sent; procedure_already_exists is"),
    GOODBYE_AND_OUT_ERROR("wamp.error.goodbye_and_out", "never sent; wamp.close.goodbye_and_out is"),
    SYSTEM_SHUTDOWN_ERROR("wamp.error.system_shutdown", "never sent; wamp.close.system_shutdown is"),
    SYSTEM_SHUTDOWN("wamp.close.system_shutdown", "the router shuts down"),
    CLOSE_REALM("wamp.close.close_realm", "a client leaves"),
    GOODBYE_AND_OUT("wamp.close.goodbye_and_out", "the answer to GOODBYE"),
    KILLED("wamp.close.killed", "the session was killed by the meta API"),
    CLOSE_NORMAL("wamp.close.normal", "never sent; peers use it"),
    CLOSE_LOGOUT("wamp.close.logout", "never sent; peers use it"),
    CLOSE_TRANSPORT_LOST("wamp.close.transport_lost", "never sent; peers use it"),
    LIMIT_EXCEEDED("junctor.error.limit_exceeded", "a limit of this router is reached");

    private final Uri uri;
    private final String sentWhen;

    WampError(String uri, String sentWhen) {
        this.uri = new Uri(uri);
        this.sentWhen = sentWhen;
    }

    /** The URI on the wire. */
    public Uri uri() {
        return uri;
    }

    /** The moment it is sent, in a few words. */
    public String sentWhen() {
        return sentWhen;
    }
}
