package io.junctor.client.meta;

import io.junctor.client.ReceivedArguments;
import io.junctor.wamp.value.MatchPolicy;
import java.time.Instant;

/**
 * The properties of a subscription of the realm (section "Subscription Meta API").
 *
 * @param id the subscription id
 * @param created the time of the first {@code SUBSCRIBE}
 * @param topic the topic or pattern
 * @param match the match policy
 */
public record SubscriptionDetails(long id, Instant created, String topic, MatchPolicy match) {
    static SubscriptionDetails of(ReceivedArguments values, int index) {
        MetaDictionary answer = MetaDictionary.of("the subscription", values, index);
        return new SubscriptionDetails(
                answer.id("id"),
                answer.time("created"),
                answer.required("uri"),
                answer.choice("match", MatchPolicy::ofWire));
    }
}
