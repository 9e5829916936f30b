package io.junctor.server.connector;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.spi.RequestFields;
import org.eclipse.jetty.http.HttpFields;

/**
 * The properties of the HTTP request that opened a connection: the router uses them when sessions join over this connection.
 *
 * @param joins restricts which sessions may join, as configured for the path of the request
 * @param fields the fields that authenticators receive
 */
public record OpeningRequest(JoinRestriction joins, RequestFields fields) {
    /** Reads the fields of a request to a path of a listener. */
    public static OpeningRequest of(WampConnector connector, JoinRestriction joins, HttpFields headers) {
        RequestFields.Names names = connector.context().acceptor().requestFields();
        return new OpeningRequest(joins, RequestFields.read(names, headers::getValuesList));
    }
}
