package io.junctor.router.realm;

import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import java.util.Map;
import java.util.Set;

/** Immutable. What the router announces in {@code WELCOME}: exactly what it does (section "Feature Announcement"). */
final class Announced {
    static final Roles ROLES = new Roles(Map.of(
            Role.BROKER,
            Set.of(
                    Feature.PATTERN_BASED_SUBSCRIPTION,
                    Feature.PUBLISHER_EXCLUSION,
                    Feature.SUBSCRIBER_BLACKWHITE_LISTING),
            Role.DEALER,
            Set.of(Feature.CALL_CANCELING, Feature.PATTERN_BASED_REGISTRATION)));
    static final String AGENT = "Junctor";

    private Announced() {}
}
