package io.junctor.server.services;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/** Describes why a request got no response, without the URL, which may contain a secret. */
final class HttpFailure {
    private HttpFailure() {}

    static String text(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return switch (cause) {
            case HttpConnectTimeoutException late -> "the service does not accept a connection in time";
            case ConnectException refused -> "the service cannot be reached";
            case SSLException tls -> "TLS with the service failed: " + tls.getMessage();
            case null -> "no response";
            default -> "no response: " + cause.getMessage();
        };
    }
}
