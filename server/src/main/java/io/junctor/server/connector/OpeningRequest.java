package io.junctor.server.connector;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.spi.RequestFields;
import org.eclipse.jetty.http.HttpFields;

/**
 * The properties of the HTTP request that opened a connection which the router uses later.
 *
 * @param joins which sessions its path admits
 * @param fields the fields that authenticators receive
 */
public record OpeningRequest(JoinRestriction joins, RequestFields fields) {
    /** Reads the fields of a request to a path of a listener. */
    public static OpeningRequest of(WampConnector connector, JoinRestriction joins, HttpFields headers) {
        RequestFields.Names names = connector.context().acceptor().requestFields();
        return new OpeningRequest(joins, RequestFields.read(names, headers::getValuesList));
    }
}
