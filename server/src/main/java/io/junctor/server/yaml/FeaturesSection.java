package io.junctor.server.yaml;

import io.junctor.wamp.options.Feature;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The features of the Advanced Profile that are switched off in a realm. */
final class FeaturesSection {
    /** Features that no key switches: rules set trust levels, and the router has no sharding. */
    private static final Set<Feature> WITHOUT_KEY = EnumSet.of(
            Feature.PUBLICATION_TRUSTLEVELS,
            Feature.CALL_TRUSTLEVELS,
            Feature.SHARDED_SUBSCRIPTION,
            Feature.SHARDED_REGISTRATION);

    private static final List<Feature> FEATURES = Arrays.stream(Feature.values())
            .filter(feature -> !WITHOUT_KEY.contains(feature))
            .toList();

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
