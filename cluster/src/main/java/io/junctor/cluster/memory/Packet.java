package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Message;

/**
 * A message on its way. Immutable.
 *
 * @param scope of the lane
 * @param sequence how many messages the router has published on the lane, with this one
 */
record Packet(String scope, long sequence, Message message) {
    /** What interests are compared with. */
    String address() {
        return scope + "." + message.subject();
    }
}
