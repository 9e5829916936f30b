package io.junctor.wamp.message;

/** The messages of a client that carry a new request id. The router may answer each of them with {@code ERROR}. */
public sealed interface Request extends FromClient permits Publish, Subscribe, Unsubscribe, Call, Register, Unregister {
    /** The id of the request. */
    long request();
}
