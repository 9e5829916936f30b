package io.junctor.wamp.message;

/** The messages that a client may send. */
public sealed interface FromClient extends Message permits SessionMessage, Request, Cancel, Yield, ErrorMessage {}
