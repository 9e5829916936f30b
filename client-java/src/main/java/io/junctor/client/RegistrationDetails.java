package io.junctor.client;

import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.MatchPolicy;
import java.time.Instant;

/**
 * Immutable. A registration as the router sees it, with all its callees (section "Registration Meta API").
 *
 * @param id its id
 * @param created when the first callee came
 * @param procedure the procedure or pattern
 * @param match how called procedures are compared with it
 * @param invoke how a callee is chosen
 */
public record RegistrationDetails(long id, Instant created, String procedure, MatchPolicy match, InvokePolicy invoke) {
    static RegistrationDetails of(Values values, int index) {
        Answer answer = Answer.of("the registration", values.positional(index));
        return new RegistrationDetails(
                answer.id("id"),
                answer.time("created"),
                answer.required("uri"),
                answer.choice("match", MatchPolicy::ofWire),
                answer.choice("invoke", InvokePolicy::ofWire));
    }
}
