package io.junctor.router.realm;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.spi.Action;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.options.WelcomeDetails;
import io.junctor.wamp.value.Dict;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The roles and features that the router announces in {@code WELCOME} (section "Feature Announcement"). */
final class AnnouncedRoles {
    private static final Set<Feature> BROKER_FEATURES = Set.of(
            Feature.EVENT_HISTORY,
            Feature.EVENT_RETENTION,
            Feature.PATTERN_BASED_SUBSCRIPTION,
            Feature.PAYLOAD_PASSTHRU_MODE,
            Feature.PUBLISHER_EXCLUSION,
            Feature.PUBLISHER_IDENTIFICATION,
            Feature.SESSION_META_API,
            Feature.SUBSCRIBER_BLACKWHITE_LISTING,
            Feature.SUBSCRIPTION_META_API,
            Feature.SUBSCRIPTION_REVOCATION);
    private static final Set<Feature> DEALER_FEATURES = Set.of(
            Feature.CALL_CANCELING,
            Feature.CALL_REROUTE,
            Feature.CALL_TIMEOUT,
            Feature.CALLER_IDENTIFICATION,
            Feature.PATTERN_BASED_REGISTRATION,
            Feature.PAYLOAD_PASSTHRU_MODE,
            Feature.PROGRESSIVE_CALL_INVOCATIONS,
            Feature.PROGRESSIVE_CALL_RESULTS,
            Feature.REGISTRATION_META_API,
            Feature.REGISTRATION_REVOCATION,
            Feature.SESSION_META_API,
            Feature.SHARED_REGISTRATION,
            Feature.TESTAMENT_META_API);
    private static final String AGENT = "Junctor";

    private AnnouncedRoles() {}

    /** The details of {@code WELCOME} for a session that begins. */
    static WelcomeDetails welcome(JoinedSession joined, Dict authextra) {
        return new WelcomeDetails(
                joined.realm().policy().announced(),
                joined.realm().config().name(),
                joined.session().identity(),
                authextra,
                AGENT,
                Dict.EMPTY);
    }

    /** The broker and dealer roles with the features that the realm of {@code config} offers. */
    static Roles roles(RealmConfig config) {
        Set<Feature> broker = enabled(BROKER_FEATURES, config);
        if (config.hasTrustLevels(Action.PUBLISH)) {
            broker.add(Feature.PUBLICATION_TRUSTLEVELS);
        }
        Set<Feature> dealer = enabled(DEALER_FEATURES, config);
        if (config.hasTrustLevels(Action.CALL)) {
            dealer.add(Feature.CALL_TRUSTLEVELS);
        }
        return new Roles(Map.of(Role.BROKER, broker, Role.DEALER, dealer));
    }

    private static Set<Feature> enabled(Set<Feature> features, RealmConfig config) {
        Set<Feature> enabled = EnumSet.noneOf(Feature.class);
        features.stream().filter(config.features()::has).forEach(enabled::add);
        return enabled;
    }
}
