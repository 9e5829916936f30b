package io.junctor.client.internal.engine;

import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.Arguments;

/** Called on a virtual thread, for one event after the other in the order they arrived. */
@FunctionalInterface
public interface EventCallback {
    /** One event with its arguments. What is thrown is logged and harms nothing else. */
    void onEvent(Event event, Arguments arguments) throws Exception;
}
