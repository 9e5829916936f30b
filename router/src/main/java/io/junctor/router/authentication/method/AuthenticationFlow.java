package io.junctor.router.authentication.method;

import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;

/** Safe for use by many threads, on workers. How one method of a realm finds out who a client is. */
public sealed interface AuthenticationFlow
        permits TicketFlow, WampCraFlow, ScramFlow, CryptosignFlow, JwtFlow, TlsFlow {
    /** Begins with a client that has sent {@code HELLO} over {@code channel}. */
    AuthenticationStep begin(AuthenticationRequest applicant, ChannelBindings channel);

    /**
     * The examination that {@code offer} describes; for tokens nobody has to know the clients.
     *
     * @param authenticator knows the clients, as the offer's source says
     */
    static AuthenticationFlow of(AuthMethodConfig offer, Authenticator authenticator, AuthenticationContext tools) {
        if (offer.source() instanceof AuthSource.Tokens tokens) {
            return JwtFlow.of(tokens, tools);
        }
        return switch (offer.method()) {
            case TICKET -> new TicketFlow(authenticator, tools);
            case WAMPCRA -> new WampCraFlow(authenticator, offer.source().provider(), tools);
            case SCRAM -> new ScramFlow(authenticator, ScramVariant.WAMP, tools);
            case AUTOBAHN_SCRAM -> new ScramFlow(authenticator, ScramVariant.AUTOBAHN, tools);
            case CRYPTOSIGN -> new CryptosignFlow(authenticator, offer.routerKey(), tools);
            case TLS -> new TlsFlow(authenticator, tools);
            case JWT -> throw new IllegalArgumentException("jwt needs the keys of who signs tokens");
        };
    }
}
