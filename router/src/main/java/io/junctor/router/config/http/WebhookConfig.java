package io.junctor.router.config.http;

import java.time.Duration;
import java.util.List;

/**
 * A path of a listener whose requests become events or calls.
 *
 * @param target what a request does
 * @param signature how its sender proves who it is
 * @param body what the body is
 * @param headers the header fields that the receiver is told
 * @param bodyBytes the largest body
 * @param callTimeout how long a request waits for the result of a call
 * @param replayTime how long a signature is remembered, so that a repeated request has no effect; zero for not at all
 */
public record WebhookConfig(
        HookTarget target,
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
