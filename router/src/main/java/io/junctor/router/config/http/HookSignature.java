package io.junctor.router.config.http;

import java.time.Duration;
import java.util.List;

/** How the sender of a webhook proves that it knows a secret. Any of the secrets will do, so that they can be replaced one by one. */
public sealed interface HookSignature
        permits HookSignature.GitHub,
                HookSignature.Stripe,
                HookSignature.Standard,
                HookSignature.Hmac,
                HookSignature.Token {
    /** The secrets, at least one. */
    List<SecretText> secrets();

    /**
     * {@code X-Hub-Signature-256: sha256=HEX}, over the body.
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
     * {@code Stripe-Signature: t=SECONDS,v1=HEX}, over {@code SECONDS.BODY}.
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
     * The header fields of Standard Webhooks, {@code webhook-signature: v1,BASE64} over {@code ID.SECONDS.BODY}.
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
     * An HMAC over the body in any header field.
     *
     * @param secrets the secrets
     * @param form how it is written
     */
    record Hmac(List<SecretText> secrets, HmacForm form) implements HookSignature {
        /** Copies the list. */
        public Hmac {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * The secret itself in a header field. It proves nothing about the body, and each reader of a request can use it.
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
