package io.junctor.server.connector;

/**
 * The reason why a listener does not accept another client at the moment.
 *
 * @param sentence tells the client what it can do
 * @param reason tells the operator which rule refuses
 */
public record UnavailableReason(String sentence, String reason) {}
