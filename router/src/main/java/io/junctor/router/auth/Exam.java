package io.junctor.router.auth;

/** Safe for use by many threads, on workers. How one method of a realm finds out who a client is. */
public sealed interface Exam permits TicketExam, CraExam, ScramExam, CryptosignExam, JwtExam, TlsExam {
    /** Begins with a client that has sent {@code HELLO} over {@code channel}. */
    Step begin(Applicant applicant, Channel channel);

    /**
     * The examination that {@code offer} describes; for tokens nobody has to know the clients.
     *
     * @param authenticator knows the clients, as the offer's source says
     */
    static Exam of(Offer offer, Authenticator authenticator, Toolbox tools) {
        if (offer.source() instanceof Source.Tokens tokens) {
            return JwtExam.of(tokens, tools);
        }
        return switch (offer.method()) {
            case TICKET -> new TicketExam(authenticator, tools);
            case WAMPCRA -> new CraExam(authenticator, offer.source().provider(), tools);
            case SCRAM -> new ScramExam(authenticator, ScramDialect.WAMP, tools);
            case AUTOBAHN_SCRAM -> new ScramExam(authenticator, ScramDialect.AUTOBAHN, tools);
            case CRYPTOSIGN -> new CryptosignExam(authenticator, offer.routerKey(), tools);
            case TLS -> new TlsExam(authenticator, tools);
            case JWT -> throw new IllegalArgumentException("jwt needs the keys of who signs tokens");
        };
    }
}
