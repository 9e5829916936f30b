package io.junctor.router.config.http;

import java.time.Duration;
import java.util.List;

/**
 * The method by which the sender of a webhook request proves that it knows a secret. Each of the secrets is accepted, so that they can be
 * replaced one by one.
 */
public sealed interface HookSignature
        permits HookSignature.GitHub,
                HookSignature.Stripe,
                HookSignature.Standard,
                HookSignature.Hmac,
                HookSignature.Token {
    /** The secrets, at least one. */
    List<SecretText> secrets();

    /**
     * The header field {@code X-Hub-Signature-256: sha256=HEX}, an HMAC of the body.
     *
     * @param secrets the secrets
     */
    record GitHub(List<SecretText> secrets) implements HookSignature {
        /** Copies the list. */
        public GitHub {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * The header field {@code Stripe-Signature: t=SECONDS,v1=HEX}, an HMAC of {@code SECONDS.BODY}.
     *
     * @param secrets the secrets
     * @param tolerance how far the time may be from that of the router
     */
    record Stripe(List<SecretText> secrets, Duration tolerance) implements HookSignature {
        /** Copies the list. */
        public Stripe {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * The header fields of Standard Webhooks, with {@code webhook-signature: v1,BASE64}, an HMAC of {@code ID.SECONDS.BODY}.
     *
     * @param secrets the secrets
     * @param tolerance how far the time may be from that of the router
     */
    record Standard(List<SecretText> secrets, Duration tolerance) implements HookSignature {
        /** Copies the list. */
        public Standard {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * An HMAC of the body in any header field.
     *
     * @param secrets the secrets
     * @param form its format
     */
    record Hmac(List<SecretText> secrets, HmacForm form) implements HookSignature {
        /** Copies the list. */
        public Hmac {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * The secret itself in a header field. It does not protect the body, and anyone who reads a request can reuse the secret.
     *
     * @param secrets the secrets
     * @param header the name of the field
     */
    record Token(List<SecretText> secrets, String header) implements HookSignature {
        /** Copies the list. */
        public Token {
            secrets = List.copyOf(secrets);
        }
    }
}
