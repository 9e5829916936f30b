package io.junctor.wamp.message;

/** The messages of a client that open or close its session. */
public sealed interface SessionMessage extends FromClient permits Hello, Authenticate, Abort, Goodbye {}
