package io.junctor.router.config.http;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * Events of a realm that the router delivers by HTTP.
 *
 * @param role the role whose permissions hold
 * @param topic the topic or pattern
 * @param match how it matches
 * @param receiver who gets them
 * @param retries how often and when delivery is tried
 * @param queue how many may wait
 * @param deadLetter the topic of what could not be delivered, or null
 */
public record OutgoingWebhookConfig(
        String role,
        Uri topic,
        MatchPolicy match,
        HookReceiver receiver,
        HookRetries retries,
        HookQueue queue,
        @Nullable Uri deadLetter) {}
