package io.junctor.router.authentication.method;

import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthenticationRequest;
import io.junctor.router.spi.Authenticator;

/** Carries out one authentication method of a realm. Thread-safe; used on workers. */
public sealed interface AuthenticationFlow
        permits AnonymousFlow, TicketFlow, WampCraFlow, ScramFlow, CryptosignFlow, JwtFlow, TlsFlow, UnixFlow {
    /** Takes the first step, after {@code HELLO}. */
    AuthenticationStep begin(AuthenticationRequest request, ChannelBindings channel);

    /**
     * The flow of the method that {@code offer} describes.
     *
     * @param authenticator finds the credentials of the clients; not used for tokens
     */
    static AuthenticationFlow of(AuthMethodConfig offer, Authenticator authenticator, AuthenticationContext tools) {
        if (offer.source() instanceof AuthSource.Tokens tokens) {
            return JwtFlow.of(tokens, tools);
        }
        return switch (offer.method()) {
            case ANONYMOUS -> new AnonymousFlow(authenticator);
            case TICKET -> new TicketFlow(authenticator, tools);
            case WAMPCRA -> new WampCraFlow(authenticator, offer.source().provider(), tools);
            case SCRAM -> new ScramFlow(authenticator, ScramVariant.WAMP, tools);
            case AUTOBAHN_SCRAM -> new ScramFlow(authenticator, ScramVariant.AUTOBAHN, tools);
            case CRYPTOSIGN -> new CryptosignFlow(authenticator, offer.routerKey(), tools);
            case TLS -> new TlsFlow(authenticator, tools);
            case UNIX -> new UnixFlow(authenticator, tools);
            case JWT -> throw new IllegalArgumentException("jwt needs the keys of who signs tokens");
        };
    }
}
