package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Message;

/**
 * A message under way, with the data that its receiver needs.
 *
 * @param scope the scope of the lane
 * @param sequence the number of the message among those that its router has published on the lane
 */
record Packet(String scope, long sequence, Message message) {
    /** The address with which interests are compared. */
    String address() {
        return scope + "." + message.subject();
    }
}
