package io.junctor.server.gateway.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/** What the router answers to a request of a session. Immutable if its nodes are not changed. */
public sealed interface Reply permits Reply.Accepted, Reply.Result, Reply.Failure {
    /**
     * A publication or subscription is accepted.
     *
     * @param id the id of the publication or subscription
     */
    record Accepted(long id) implements Reply {}

    /**
     * A call has a result.
     *
     * @param args Arguments
     * @param kwargs ArgumentsKw
     */
    record Result(ArrayNode args, ObjectNode kwargs) implements Reply {
        /** The result as the body of a response. */
        public ObjectNode json() {
            ObjectNode body = WampJson.object();
            body.set("args", args);
            body.set("kwargs", kwargs);
            return body;
        }
    }

    /**
     * A request has failed, or a session has not begun or has ended.
     *
     * @param error the error URI
     * @param text tells a person why; null if the router or the callee said nothing
     * @param args Arguments of the error
     * @param kwargs ArgumentsKw of the error
     */
    record Failure(String error, @Nullable String text, ArrayNode args, ObjectNode kwargs) implements Reply {
        /** A failure that the gateway itself has found. */
        public static Failure of(WampError error, String text) {
            return of(error.uri().text(), text);
        }

        static Failure of(String error, @Nullable String text) {
            return new Failure(error, text, WampJson.array(), WampJson.object());
        }

        /** This failure, with its text as the first argument, as callees send it. */
        public Failure withText() {
            return new Failure(error, text, WampJson.array().add(text), kwargs);
        }
    }
}
