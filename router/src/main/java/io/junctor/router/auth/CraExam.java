package io.junctor.router.auth;

import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.CraChallenge;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Section "Challenge Response Authentication": the client signs a text with the shared secret. */
record CraExam(Authenticator authenticator, String provider, Toolbox tools) implements Exam {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public Step begin(Applicant applicant, Channel channel) {
        String authid = applicant.authid();
        if (authid == null) {
            return Proof.NO_AUTHID;
        }
        return switch (authenticator.authenticate(applicant)) {
            case Refused refused -> refused;
            case Ruling.Accepted accepted -> challenge(applicant, authid, accepted.principal());
        };
    }

    private Step challenge(Applicant applicant, String authid, Principal principal) {
        String text = new CraChallenge(
                        authid,
                        principal.role(applicant.authrole()),
                        provider,
                        tools.nonce(),
                        TIME.format(tools.clock().get()),
                        applicant.session())
                .text();
        Dict.Builder extra = new Dict.Builder().put("challenge", text);
        String key = switch (principal.credential()) {
            case Credential.Secret secret -> secret.text();
            case Credential.SaltedSecret salted -> {
                extra.put("salt", salted.salt())
                        .put("keylen", (long) salted.keyBytes())
                        .put("iterations", (long) salted.iterations());
                yield salted.key();
            }
            case Credential.Proven other -> throw Proof.unfit(Method.WAMPCRA, other);
            case Credential.HashedSecret other -> throw Proof.unfit(Method.WAMPCRA, other);
            case Credential.ScramSecret other -> throw Proof.unfit(Method.WAMPCRA, other);
            case Credential.PublicKeys other -> throw Proof.unfit(Method.WAMPCRA, other);
            case Credential.Certificates other -> throw Proof.unfit(Method.WAMPCRA, other);
        };
        return new Step.Challenge(extra.build(), answer -> judge(answer, key, text, principal, authid));
    }

    private Step judge(Authenticate answer, String key, String text, Principal principal, String authid) {
        boolean holds = Proof.isEqual(Cra.sign(key, text), answer.signature());
        return Proof.judge(holds, principal, authid, Dict.EMPTY, tools);
    }
}
