package io.junctor.router.config.http;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an outgoing webhook, by which the router delivers events of a realm by HTTP.
 *
 * @param role the role whose permissions hold
 * @param topic the topic or pattern
 * @param match the match policy of the topic
 * @param receiver the service that gets the events
 * @param retries the number and the timing of attempts to deliver an event
 * @param queue the limits of the queue of events that wait for delivery
 * @param deadLetter the topic to which events that could not be delivered are published, or null
 */
public record OutgoingWebhookConfig(
        String role,
        Uri topic,
        MatchPolicy match,
        HookReceiver receiver,
        HookRetries retries,
        HookQueue queue,
        @Nullable Uri deadLetter) {}
