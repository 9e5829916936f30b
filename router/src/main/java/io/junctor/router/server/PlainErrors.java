package io.junctor.router.server;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Immutable. What a client gets whose request is no HTTP, or fails: a line of text, and nothing about our insides. */
final class PlainErrors implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Texts.write(response, callback, status, status + " " + HttpStatus.getMessage(status));
        return true;
    }
}
