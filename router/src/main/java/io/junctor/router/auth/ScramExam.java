package io.junctor.router.auth;

import io.junctor.router.auth.Credential.ScramSecret;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.SaslPrep;
import io.junctor.wamp.auth.Scram;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.WampError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Section "Salted Challenge Response Authentication": both sides prove that they know the password; neither sends it. */
record ScramExam(Authenticator authenticator, ScramDialect dialect, Toolbox tools) implements Exam {
    private static final int NONCE_BYTES = 16;

    private static final Refused DENIED = Refused.DENIED.with("scram", "invalid-proof");
    private static final Refused BOUND = Refused.of(
                    WampError.AUTHENTICATION_FAILED,
                    "channel binding is not supported: the JVM does not tell what to bind to")
            .with("scram", "unsupported-channel-binding-type");
    private static final Refused NO_NONCE = Refused.of(
                    WampError.AUTHENTICATION_FAILED, "'authextra.nonce' of HELLO must be padded base64, not empty")
            .with("scram", "invalid-encoding");
    private static final Refused BAD_NAME = Refused.of(
                    WampError.AUTHENTICATION_DENIED, "'authid' has characters that SASLprep does not allow")
            .with("scram", "invalid-username-encoding");

    @Override
    public Step begin(Applicant applicant) {
        String authid = applicant.authid();
        String nonce = applicant.authextra().text("nonce");
        if (authid == null) {
            return Proof.NO_AUTHID;
        }
        if (applicant.authextra().text("channel_binding") != null) {
            return BOUND;
        }
        if (nonce == null || nonce.isEmpty() || Base64Text.decode(nonce) == null) {
            return NO_NONCE;
        }
        String name = normal(authid);
        return name == null ? BAD_NAME : lookUp(applicant.as(name), name, nonce);
    }

    private static @Nullable String normal(String authid) {
        try {
            return SaslPrep.normalise(authid);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Step lookUp(Applicant applicant, String authid, String nonce) {
        return switch (authenticator.authenticate(applicant)) {
            case Refused refused -> refused;
            case Ruling.Accepted accepted -> {
                Principal principal = accepted.principal();
                if (principal.credential() instanceof ScramSecret secret && isWhole(secret)) {
                    yield challenge(secret, principal, authid, nonce);
                }
                throw Proof.unfit(dialect.method(), principal.credential());
            }
        };
    }

    /** Whether clients of the dialect can use it; what a procedure or a program gives may be anything. */
    private boolean isWhole(ScramSecret secret) {
        return dialect.has(secret.kdf())
                && length(secret.salt()) > 0
                && length(secret.storedKey()) == Scram.KEY_BYTES
                && length(secret.serverKey()) == Scram.KEY_BYTES;
    }

    private static int length(String base64) {
        byte[] bytes = Base64Text.decode(base64);
        return bytes == null ? 0 : bytes.length;
    }

    private Step challenge(ScramSecret secret, Principal principal, String authid, String clientNonce) {
        String nonce = dialect.nonce(clientNonce, tools.bytes(NONCE_BYTES));
        Scram exchange = new Scram(
                authid, clientNonce, nonce, secret.salt(), secret.kdf().iterations(), dialect.form());
        return new Step.Challenge(
                dialect.challenge(nonce, secret), answer -> judge(answer, exchange, secret, principal));
    }

    private Step judge(Authenticate answer, Scram exchange, ScramSecret secret, Principal principal) {
        byte[] storedKey = Objects.requireNonNull(Base64Text.decode(secret.storedKey()), "stored key");
        byte[] serverKey = Objects.requireNonNull(Base64Text.decode(secret.serverKey()), "server key");
        boolean proven = exchange.isProof(Base64Text.decode(answer.signature()), storedKey);
        boolean same = dialect.repeats(answer, exchange.nonce())
                && answer.extra().text("channel_binding") == null
                && answer.extra().text("cbind_data") == null;
        Dict verifier = Dict.of(dialect.verifier(), Base64Text.of(exchange.serverSignature(serverKey)));
        Step step = Proof.judge(proven && same, principal, exchange.authid(), verifier, tools);
        return step instanceof Refused ? DENIED : step;
    }
}
