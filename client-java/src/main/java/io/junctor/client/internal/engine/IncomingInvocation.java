package io.junctor.client.internal.engine;

import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Arguments;

/**
 * An {@code INVOCATION}, or a further part of a progressive call, with its arguments.
 *
 * @param invocation the message
 * @param arguments the decoded arguments
 */
public record IncomingInvocation(Invocation invocation, Arguments arguments) {}
