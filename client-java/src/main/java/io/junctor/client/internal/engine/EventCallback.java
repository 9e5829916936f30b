package io.junctor.client.internal.engine;

import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.Arguments;

/** Receives the events of one subscription, one at a time in the order of arrival, on a virtual thread. */
@FunctionalInterface
public interface EventCallback {
    /** Handles one event. An exception is logged and has no other effect. */
    void onEvent(Event event, Arguments arguments) throws Exception;
}
