package io.junctor.client.meta;

import io.junctor.client.ReceivedArguments;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.MatchPolicy;
import java.time.Instant;

/**
 * The properties of a registration of the realm (section "Registration Meta API").
 *
 * @param id the registration id
 * @param created the time of the first {@code REGISTER}
 * @param procedure the procedure or pattern
 * @param match the match policy
 * @param invoke the invocation policy
 */
public record RegistrationDetails(long id, Instant created, String procedure, MatchPolicy match, InvokePolicy invoke) {
    static RegistrationDetails of(ReceivedArguments values, int index) {
        MetaDictionary answer = MetaDictionary.of("the registration", values, index);
        return new RegistrationDetails(
                answer.id("id"),
                answer.time("created"),
                answer.required("uri"),
                answer.choice("match", MatchPolicy::ofWire),
                answer.choice("invoke", InvokePolicy::ofWire));
    }
}
