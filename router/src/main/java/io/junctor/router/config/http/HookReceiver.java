package io.junctor.router.config.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The HTTP service to which the router delivers events.
 *
 * @param url the URL to which events are posted
 * @param headers header fields of each request, by name
 * @param secrets the secrets with which requests are signed as Standard Webhooks define it; empty for no signature
 * @param timeout how long a request may take
 */
public record HookReceiver(URI url, Map<String, SecretText> headers, List<SecretText> secrets, Duration timeout) {
    /** Checks URL and header fields, and copies map and list. */
    public HookReceiver {
        if (OutgoingHttpCheck.url(url.toString()) == null) {
            throw new IllegalArgumentException("a webhook needs a URL of http or https without a user and a fragment");
        }
        headers.forEach((name, value) -> OutgoingHttpCheck.checkField(name, value.text()));
        headers = Map.copyOf(headers);
        secrets = List.copyOf(secrets);
    }

    /** Omits the URL, which may contain a secret. */
    @Override
    public String toString() {
        return "HookReceiver[]";
    }
}
