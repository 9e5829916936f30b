package io.junctor.server.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Immutable. What a client gets whose request is no HTTP, or fails: a line of text, and nothing about our insides. */
public final class PlainTextErrors implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        PlainTextResponse.write(response, callback, status, status + " " + HttpStatus.getMessage(status));
        return true;
    }
}
