package io.junctor.router.auth;

import io.junctor.router.metrics.Counter;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.Pbkdf2;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;

/** Section "Ticket-based Authentication": the client sends the secret itself. */
record TicketExam(Authenticator authenticator, Toolbox tools) implements Exam {
    private static final int KEY_BYTES = 32;

    @Override
    public Step begin(Applicant applicant, Channel channel) {
        String authid = applicant.authid();
        return authid == null
                ? Proof.NO_AUTHID
                : new Step.Challenge(Dict.EMPTY, answer -> judge(applicant, authid, answer));
    }

    private Step judge(Applicant applicant, String authid, Authenticate answer) {
        String ticket = answer.signature();
        return switch (authenticator.authenticate(applicant.withTicket(ticket))) {
            case Refused refused -> refused;
            case Ruling.Accepted accepted -> {
                Principal principal = accepted.principal();
                yield Proof.judge(holds(principal.credential(), ticket), principal, authid, Dict.EMPTY, tools);
            }
        };
    }

    private boolean holds(Credential credential, String ticket) {
        return switch (credential) {
            case Credential.Proven proven -> true;
            case Credential.Secret secret -> Proof.isEqual(secret.text(), ticket);
            case Credential.HashedSecret hashed -> Proof.isEqual(hashed.key(), derived(hashed, ticket));
            case Credential.SaltedSecret other -> throw Proof.unfit(Method.TICKET, other);
            case Credential.ScramSecret other -> throw Proof.unfit(Method.TICKET, other);
            case Credential.PublicKeys other -> throw Proof.unfit(Method.TICKET, other);
            case Credential.Certificates other -> throw Proof.unfit(Method.TICKET, other);
        };
    }

    private String derived(Credential.HashedSecret hashed, String ticket) {
        byte[] salt = Base64Text.decode(hashed.salt());
        if (salt == null || ticket.isEmpty()) {
            return "";
        }
        tools.counters().increment(Counter.KEYS_DERIVED);
        tools.derivations().acquireUninterruptibly();
        try {
            return Base64Text.of(Pbkdf2.derive(ticket, salt, hashed.iterations(), KEY_BYTES));
        } finally {
            tools.derivations().release();
        }
    }
}
