package io.junctor.router.auth;

import io.junctor.wamp.value.Dict;

/** The certificate that the client showed on its connection says who it is: what proves it is done, so there is no challenge. */
record TlsExam(Authenticator authenticator, Toolbox tools) implements Exam {
    @Override
    public Step begin(Applicant applicant, Channel channel) {
        PeerCertificate shown = applicant.transport().certificate();
        // A session of TLS that is resumed, and a certificate that is trusted by itself, may be older than it.
        if (shown == null || !shown.isValidAt(tools.clock().get())) {
            return Proof.judge(false, Principal.of("nobody", new Credential.Proven()), "", Dict.EMPTY, tools);
        }
        return switch (authenticator.authenticate(applicant)) {
            case Refused refused -> refused;
            case Ruling.Accepted accepted -> judge(accepted.principal(), applicant, shown);
        };
    }

    private Step judge(Principal principal, Applicant applicant, PeerCertificate shown) {
        boolean holds = holds(principal.credential(), shown);
        String authid = principal.authid() == null ? applicant.authid() : principal.authid();
        if (holds && authid == null) {
            throw new IllegalStateException("the authenticator has to say the authid of a client that gives none");
        }
        return Proof.judge(holds, principal, authid == null ? "" : authid, Dict.EMPTY, tools);
    }

    private static boolean holds(Credential credential, PeerCertificate shown) {
        return switch (credential) {
            case Credential.Proven proven -> true;
            case Credential.Certificates certificates -> certificates.fit(shown);
            case Credential.Secret other -> throw Proof.unfit(Method.TLS, other);
            case Credential.SaltedSecret other -> throw Proof.unfit(Method.TLS, other);
            case Credential.HashedSecret other -> throw Proof.unfit(Method.TLS, other);
            case Credential.ScramSecret other -> throw Proof.unfit(Method.TLS, other);
            case Credential.PublicKeys other -> throw Proof.unfit(Method.TLS, other);
        };
    }
}
