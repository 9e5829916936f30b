package io.junctor.client;

import io.junctor.wamp.value.MatchPolicy;
import java.time.Instant;

/**
 * Immutable. A subscription as the router sees it, with all its subscribers (section "Subscription Meta API").
 *
 * @param id its id
 * @param created when the first subscriber came
 * @param topic the topic or pattern
 * @param match how topics are compared with it
 */
public record SubscriptionDetails(long id, Instant created, String topic, MatchPolicy match) {
    static SubscriptionDetails of(Values values, int index) {
        Answer answer = Answer.of("the subscription", values.positional(index));
        return new SubscriptionDetails(
                answer.id("id"),
                answer.time("created"),
                answer.required("uri"),
                answer.choice("match", MatchPolicy::ofWire));
    }
}
