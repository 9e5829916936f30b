package io.junctor.router.config.yaml;

import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.wamp.options.Feature;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which features of the Advanced Profile a realm does without: those that the file says {@code false} of. */
final class FeaturesShape {
    private static final Map<Feature, Defaulted<Boolean>> KEYS = keys(
            Feature.SUBSCRIBER_BLACKWHITE_LISTING,
            Feature.PUBLISHER_EXCLUSION,
            Feature.PUBLISHER_IDENTIFICATION,
            Feature.PATTERN_BASED_SUBSCRIPTION,
            Feature.EVENT_HISTORY,
            Feature.EVENT_RETENTION,
            Feature.SUBSCRIPTION_REVOCATION,
            Feature.SUBSCRIPTION_META_API,
            Feature.SESSION_META_API,
            Feature.TESTAMENT_META_API,
            Feature.PAYLOAD_PASSTHRU_MODE,
            Feature.PROGRESSIVE_CALL_RESULTS,
            Feature.PROGRESSIVE_CALL_INVOCATIONS,
            Feature.CALL_TIMEOUT,
            Feature.CALL_CANCELING,
            Feature.CALLER_IDENTIFICATION,
            Feature.PATTERN_BASED_REGISTRATION,
            Feature.SHARED_REGISTRATION,
            Feature.REGISTRATION_REVOCATION,
            Feature.CALL_REROUTE,
            Feature.REGISTRATION_META_API);

    static final Shape<Set<Feature>> SHAPE =
            Shape.of("a map of features to true or false", List.copyOf(KEYS.values()), FeaturesShape::bind);

    private FeaturesShape() {}

    private static Map<Feature, Defaulted<Boolean>> keys(Feature... features) {
        Map<Feature, Defaulted<Boolean>> keys = new LinkedHashMap<>();
        for (Feature feature : features) {
            keys.put(feature, new Defaulted<>(feature.wire(), new Flag(), true));
        }
        return keys;
    }

    private static Set<Feature> bind(Section section) {
        Set<Feature> off = EnumSet.noneOf(Feature.class);
        KEYS.forEach((feature, key) -> {
            if (!section.get(key)) {
                off.add(feature);
            }
        });
        return off;
    }
}
