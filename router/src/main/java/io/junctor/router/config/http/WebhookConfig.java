package io.junctor.router.config.http;

import java.time.Duration;
import java.util.List;

/**
 * The configuration of a webhook: the router converts requests to a path of a listener to publications or calls.
 *
 * @param target the action that a request causes
 * @param signature the method by which the sender proves that it knows a secret
 * @param body the format of the body
 * @param headers the header fields that are passed to the receiver
 * @param bodyBytes the largest body
 * @param callTimeout how long a request waits for the result of a call
 * @param replayTime how long a signature is remembered, so that a repeated request has no effect; zero if signatures are not remembered
 */
public record WebhookConfig(
        HookAction target,
        HookSignature signature,
        HookBody body,
        List<String> headers,
        int bodyBytes,
        Duration callTimeout,
        Duration replayTime) {
    /** Copies the list. */
    public WebhookConfig {
        headers = List.copyOf(headers);
    }
}
