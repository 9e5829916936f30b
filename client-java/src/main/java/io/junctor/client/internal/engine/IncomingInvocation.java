package io.junctor.client.internal.engine;

import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Arguments;

/**
 * Immutable. An invocation, or a further part of one, with its arguments.
 *
 * @param invocation the message
 * @param arguments its arguments
 */
public record IncomingInvocation(Invocation invocation, Arguments arguments) {}
