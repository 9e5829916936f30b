package io.junctor.wamp.value;

/**
 * The error and close URIs of the specification and of this router (sections "Predefined URIs" and "Error Handling").
 */
public enum WampError {
    INVALID_URI("wamp.error.invalid_uri", "a URI violates the URI rules"),
    NO_SUCH_PROCEDURE("wamp.error.no_such_procedure", "no session has registered the procedure"),
    PROCEDURE_ALREADY_EXISTS("wamp.error.procedure_already_exists", "the procedure is already registered"),
    NO_SUCH_REGISTRATION("wamp.error.no_such_registration", "the session has no such registration"),
    NO_SUCH_SUBSCRIPTION("wamp.error.no_such_subscription", "the session has no such subscription"),
    INVALID_ARGUMENT(
            "wamp.error.invalid_argument", "the procedure rejects its arguments, or an option has an unknown value"),
    CANCELED("wamp.error.canceled", "a call was canceled, or its callee left"),
    CANCELLED("wamp.error.cancelled", "never sent; read as wamp.error.canceled"),
    PAYLOAD_SIZE_EXCEEDED("wamp.error.payload_size_exceeded", "a payload exceeds the receiver's limit"),
    PROTOCOL_VIOLATION("wamp.error.protocol_violation", "the peer broke the protocol"),
    NOT_AUTHORIZED("wamp.error.not_authorized", "the session may not do this"),
    AUTHORIZATION_FAILED("wamp.error.authorization_failed", "the authorizer failed"),
    NO_SUCH_REALM("wamp.error.no_such_realm", "the realm does not exist"),
    NO_SUCH_ROLE("wamp.error.no_such_role", "the role does not exist in the realm"),
    NO_MATCHING_AUTH_METHOD("wamp.error.no_matching_auth_method", "no offered method is configured"),
    NO_SUCH_PRINCIPAL("wamp.error.no_such_principal", "the authid is unknown"),
    AUTHENTICATION_DENIED("wamp.error.authentication_denied", "the credentials are wrong"),
    AUTHENTICATION_FAILED("wamp.error.authentication_failed", "the authenticator failed or did not answer in time"),
    AUTHENTICATION_REQUIRED("wamp.error.authentication_required", "anonymous sessions are not admitted"),
    AUTHORIZATION_DENIED("wamp.error.authorization_denied", "never sent; not_authorized is"),
    AUTHORIZATION_REQUIRED("wamp.error.authorization_required", "a capability is required"),
    TIMEOUT("wamp.error.timeout", "a call took longer than its timeout"),
    OPTION_NOT_ALLOWED("wamp.error.option_not_allowed", "the configuration forbids an option"),
    DISCLOSE_ME_DISALLOWED(
            "wamp.error.option_disallowed.disclose_me",
            "the configuration forbids disclosure of the caller or publisher"),
    DISCLOSE_ME_NOT_ALLOWED("wamp.error.disclose_me.not_allowed", "never sent; option_disallowed.disclose_me is"),
    NETWORK_FAILURE("wamp.error.network_failure", "a network connection failed while routing"),
    UNAVAILABLE("wamp.error.unavailable", "sent by callees that want the call to be rerouted"),
    NO_AVAILABLE_CALLEE("wamp.error.no_available_callee", "no callee can take the call now"),
    FEATURE_NOT_SUPPORTED("wamp.error.feature_not_supported", "the peer does not support the feature"),
    NO_SUCH_SESSION("wamp.error.no_such_session", "the realm has no such session"),
    INVALID_PAYLOAD(
            "wamp.error.invalid_payload",
            "arguments cannot be decoded, or the receiver's serialization cannot express them"),
    RUNTIME_ERROR("wamp.error.runtime_error", "a handler failed"),
    HISTORY_UNAVAILABLE("wamp.error.history_unavailable", "event history is not enabled for the topic"),
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
    LIMIT_EXCEEDED("junctor.error.limit_exceeded", "a limit of the router is reached");

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

    /** A short description of when it is sent. */
    public String sentWhen() {
        return sentWhen;
    }
}
