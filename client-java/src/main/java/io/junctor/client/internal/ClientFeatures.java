package io.junctor.client.internal;

import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The features that a client announces in {@code HELLO} (section "Feature Announcement"). */
public final class ClientFeatures {
    private static final Map<Role, Set<Feature>> FEATURES = Map.of(
            Role.PUBLISHER,
            EnumSet.of(
                    Feature.SUBSCRIBER_BLACKWHITE_LISTING,
                    Feature.PUBLISHER_EXCLUSION,
                    Feature.PUBLISHER_IDENTIFICATION),
            Role.SUBSCRIBER,
            EnumSet.of(
                    Feature.PUBLISHER_IDENTIFICATION,
                    Feature.PUBLICATION_TRUSTLEVELS,
                    Feature.PATTERN_BASED_SUBSCRIPTION,
                    Feature.SUBSCRIPTION_REVOCATION),
            Role.CALLER,
            EnumSet.of(
                    Feature.PROGRESSIVE_CALL_RESULTS,
                    Feature.PROGRESSIVE_CALL_INVOCATIONS,
                    Feature.CALL_CANCELING,
                    Feature.CALLER_IDENTIFICATION),
            Role.CALLEE,
            EnumSet.of(
                    Feature.PROGRESSIVE_CALL_RESULTS,
                    Feature.PROGRESSIVE_CALL_INVOCATIONS,
                    Feature.CALL_TIMEOUT,
                    Feature.CALL_CANCELING,
                    Feature.CALLER_IDENTIFICATION,
                    Feature.CALL_TRUSTLEVELS,
                    Feature.PATTERN_BASED_REGISTRATION,
                    Feature.SHARED_REGISTRATION,
                    Feature.REGISTRATION_REVOCATION,
                    Feature.CALL_REROUTE));

    private ClientFeatures() {}

    /** Returns the roles and features. Payload passthru mode is announced only by a client that has a payload codec. */
    public static Roles roles(boolean opensPayloads) {
        Map<Role, Set<Feature>> features = new EnumMap<>(Role.class);
        FEATURES.forEach((role, announced) -> {
            EnumSet<Feature> all = EnumSet.copyOf(announced);
            if (opensPayloads) {
                all.add(Feature.PAYLOAD_PASSTHRU_MODE);
            }
            features.put(role, all);
        });
        return new Roles(features);
    }
}
