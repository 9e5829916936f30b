package io.junctor.server.http;

import io.junctor.router.metrics.Transport;
import io.junctor.server.connector.RefusalLog;
import io.junctor.server.connector.WampConnector;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests that Jetty itself refuses, such as invalid HTTP or a header that is too large. The response contains only the
 * status and its name.
 */
public final class PlainTextErrors implements Request.Handler {
    private final WampConnector connector;

    public PlainTextErrors(WampConnector connector) {
        this.connector = connector;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String message = HttpStatus.getMessage(status);
        if (HttpStatus.isClientError(status)) {
            connector.invalid(Transport.HTTP, request, status, reason(request, message));
        }
        PlainTextResponse.write(response, callback, status, status + " " + message);
        return true;
    }

    private static String reason(Request request, String message) {
        Object cause = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        return cause == null ? message : message + ", " + RefusalLog.quoted(cause.toString());
    }
}
