package io.junctor.server.connector;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.spi.RequestFields;
import org.eclipse.jetty.http.HttpFields;

/**
 * What the HTTP request that opened a connection decides. Immutable.
 *
 * @param joins which sessions its path admits
 * @param fields the fields that authenticators are told
 */
public record OpeningRequest(JoinRestriction joins, RequestFields fields) {
    /** Reads the fields of a request to a path of a listener. */
    public static OpeningRequest of(WampConnector connector, JoinRestriction joins, HttpFields headers) {
        RequestFields.Names names = connector.context().acceptor().requestFields();
        return new OpeningRequest(joins, RequestFields.read(names, headers::getValuesList));
    }
}
