package io.junctor.server.files;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests for which no file exists. Thread-safe. */
@FunctionalInterface
public interface NotFoundHandler {
    /** Responds that nothing exists at the path. */
    void answer(Request request, Response response, Callback callback);
}
