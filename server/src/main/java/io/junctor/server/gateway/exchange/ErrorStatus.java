package io.junctor.server.gateway.exchange;

import io.junctor.wamp.value.WampError;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;

/** Maps error URIs to HTTP statuses, as docs/http.md lists them. */
final class ErrorStatus {
    private static final Map<String, WampError> ERROR_BY_URI = Arrays.stream(WampError.values())
            .collect(Collectors.toMap(error -> error.uri().text(), Function.identity()));

    private ErrorStatus() {}

    /** Returns the status for an error URI; 422 for errors that callees define themselves. */
    static int of(String uri) {
        WampError error = ERROR_BY_URI.get(uri);
        return error == null ? HttpStatus.UNPROCESSABLE_ENTITY_422 : of(error);
    }

    private static int of(WampError error) {
        return switch (error) {
            case INVALID_URI,
                    INVALID_ARGUMENT,
                    INVALID_PAYLOAD,
                    OPTION_NOT_ALLOWED,
                    FEATURE_NOT_SUPPORTED,
                    PROTOCOL_VIOLATION -> HttpStatus.BAD_REQUEST_400;
            case NO_SUCH_PRINCIPAL,
                    NO_MATCHING_AUTH_METHOD,
                    NO_AUTH_METHOD,
                    AUTHENTICATION_DENIED,
                    AUTHENTICATION_REQUIRED,
                    CANNOT_AUTHENTICATE -> HttpStatus.UNAUTHORIZED_401;
            case NOT_AUTHORIZED,
                    NO_SUCH_ROLE,
                    AUTHORIZATION_DENIED,
                    AUTHORIZATION_REQUIRED,
                    DISCLOSE_ME_DISALLOWED,
                    DISCLOSE_ME_NOT_ALLOWED -> HttpStatus.FORBIDDEN_403;
            case NO_SUCH_PROCEDURE,
                    NO_SUCH_REALM,
                    NO_SUCH_REGISTRATION,
                    NO_SUCH_SUBSCRIPTION,
                    NO_SUCH_SESSION,
                    HISTORY_UNAVAILABLE -> HttpStatus.NOT_FOUND_404;
            case PROCEDURE_ALREADY_EXISTS, INVOCATION_POLICY_CONFLICT -> HttpStatus.CONFLICT_409;
            case PAYLOAD_SIZE_EXCEEDED -> HttpStatus.PAYLOAD_TOO_LARGE_413;
            case LIMIT_EXCEEDED -> HttpStatus.TOO_MANY_REQUESTS_429;
            case RUNTIME_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR_500;
            case CANCELED, CANCELLED, NETWORK_FAILURE -> HttpStatus.BAD_GATEWAY_502;
            case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT_504;
            case AUTHENTICATION_FAILED,
                    AUTHORIZATION_FAILED,
                    NO_AVAILABLE_CALLEE,
                    UNAVAILABLE,
                    GOODBYE_AND_OUT_ERROR,
                    SYSTEM_SHUTDOWN_ERROR,
                    SYSTEM_SHUTDOWN,
                    CLOSE_REALM,
                    GOODBYE_AND_OUT,
                    KILLED,
                    CLOSE_NORMAL,
                    CLOSE_LOGOUT,
                    CLOSE_TRANSPORT_LOST -> HttpStatus.SERVICE_UNAVAILABLE_503;
        };
    }
}
