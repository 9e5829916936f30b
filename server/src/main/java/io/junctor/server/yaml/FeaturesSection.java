package io.junctor.server.yaml;

import io.junctor.wamp.options.Feature;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The features of the Advanced Profile that are switched off in a realm. */
final class FeaturesSection {
    private static final List<Feature> FEATURES = List.of(
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

    static final Section<Set<Feature>> SECTION = Section.of(
            "a map of features to true or false",
            FEATURES.stream()
                    .<Key<?>>map(feature -> Key.withDefault(feature.wire(), ScalarType.BOOLEAN, true))
                    .toList(),
            values -> FEATURES.stream()
                    .filter(feature -> Boolean.FALSE.equals(values.find(feature.wire())))
                    .collect(Collectors.toUnmodifiableSet()));

    private FeaturesSection() {}
}
