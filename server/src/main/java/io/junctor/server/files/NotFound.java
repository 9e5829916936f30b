package io.junctor.server.files;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what no file answers. Thread-safe. */
@FunctionalInterface
public interface NotFound {
    /** Responds that the path does not exist. */
    void answer(Request request, Response response, Callback callback);
}
