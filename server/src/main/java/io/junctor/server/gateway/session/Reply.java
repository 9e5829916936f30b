package io.junctor.server.gateway.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/** The reply of the router to a request of a session. Immutable as long as no caller changes its nodes. */
public sealed interface Reply permits Reply.Accepted, Reply.Result, Reply.Failure {
    /**
     * The router accepted a publication or subscription.
     *
     * @param id the id of the publication or subscription
     */
    record Accepted(long id) implements Reply {}

    /**
     * A call returned a result.
     *
     * @param args Arguments
     * @param kwargs ArgumentsKw
     */
    record Result(ArrayNode args, ObjectNode kwargs) implements Reply {
        /** Returns the result as the body of an HTTP response. */
        public ObjectNode json() {
            ObjectNode body = WampJson.object();
            body.set("args", args);
            body.set("kwargs", kwargs);
            return body;
        }
    }

    /**
     * A request failed, or a session was refused or has ended.
     *
     * @param error the error URI
     * @param text a text for people; null if the router or the callee sent none
     * @param args Arguments of the error
     * @param kwargs ArgumentsKw of the error
     */
    record Failure(String error, @Nullable String text, ArrayNode args, ObjectNode kwargs) implements Reply {
        /** Returns a failure that the gateway itself has detected. */
        public static Failure of(WampError error, String text) {
            return of(error.uri().text(), text);
        }

        static Failure of(String error, @Nullable String text) {
            return new Failure(error, text, WampJson.array(), WampJson.object());
        }

        /** Returns this failure with its text as the first argument, as callees send errors. */
        public Failure withText() {
            return new Failure(error, text, WampJson.array().add(text), kwargs);
        }
    }
}
