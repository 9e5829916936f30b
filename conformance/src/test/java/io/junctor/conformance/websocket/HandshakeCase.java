package io.junctor.conformance.websocket;

/**
 * One case of the opening handshake. Immutable.
 *
 * @param id the RFC, its section, the group and a number
 * @param sent what is special about the request or the response
 * @param text the request, or the response in which {@code $ACCEPT} stands for the right answer to the key
 * @param expected what must happen
 */
record HandshakeCase(String id, String sent, String text, String expected) {
    @Override
    public String toString() {
        return id + " " + sent;
    }
}
