package io.junctor.server.gateway.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.WampJson;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * An error as {@code application/problem+json} (RFC 9457), with the error URI of WAMP as the member {@code error}. Immutable.
 *
 * @param status the HTTP status
 * @param detail a text for people; null if the callee sent none
 * @param failure the error of the router or of the callee; null if the gateway refused the request before it reached the router
 */
public record Problem(int status, @Nullable String detail, Reply.@Nullable Failure failure) {
    /** Returns the problem of a request that the gateway refuses. */
    public static Problem of(int status, String detail) {
        return new Problem(status, detail, null);
    }

    /** Returns the problem for an error of the router or of the callee. */
    public static Problem of(Reply.Failure failure) {
        return new Problem(ErrorStatus.of(failure.error()), failure.text(), failure);
    }

    /** Returns the body of the response. */
    public ObjectNode json() {
        ObjectNode node = WampJson.object();
        node.put("title", HttpStatus.getMessage(status));
        node.put("status", status);
        if (detail != null) {
            node.put("detail", detail);
        }
        if (failure != null) {
            node.put("error", failure.error());
            if (!failure.args().isEmpty()) {
                node.set("args", failure.args());
            }
            if (!failure.kwargs().isEmpty()) {
                node.set("kwargs", failure.kwargs());
            }
        }
        return node;
    }
}
