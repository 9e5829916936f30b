package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolationException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The roles that a peer announces, each with its features (section "Feature Announcement").
 *
 * @param features the announced features by announced role
 */
public record Roles(Map<Role, Set<Feature>> features) {

    /** Copies {@code features} and keeps their order. */
    public Roles {
        Map<Role, Set<Feature>> copy = new LinkedHashMap<>();
        features.forEach((role, announced) -> copy.put(role, copyOf(announced)));
        features = Collections.unmodifiableMap(copy);
    }

    /** True if {@code role} was announced. */
    public boolean has(Role role) {
        return features.containsKey(role);
    }

    /** True if {@code feature} was announced for {@code role}. */
    public boolean has(Role role, Feature feature) {
        return features.getOrDefault(role, Set.of()).contains(feature);
    }

    /** Returns these roles without the given features. */
    public Roles without(Set<Feature> removed) {
        if (removed.isEmpty()) {
            return this;
        }
        Map<Role, Set<Feature>> rest = new LinkedHashMap<>();
        features.forEach((role, announced) -> {
            Set<Feature> left = EnumSet.noneOf(Feature.class);
            left.addAll(announced);
            left.removeAll(removed);
            rest.put(role, left);
        });
        return new Roles(rest);
    }

    /**
     * Reads the value of {@code roles}. Roles other than {@code possible} and unknown features are ignored. Throws a
     * {@link ProtocolViolationException} if no possible role is announced, or if a feature is not a boolean.
     */
    public static Roles of(Dict dict, List<Role> possible) {
        Map<Role, Set<Feature>> result = new LinkedHashMap<>();
        dict.entries().forEach((name, value) -> {
            Role role = Role.ofWire(name);
            if (value != null && role != null && possible.contains(role)) {
                result.put(role, featuresOf(dict.dict(name).dict("features")));
            }
        });
        if (result.isEmpty()) {
            throw new ProtocolViolationException("'roles' must name at least one of "
                    + possible.stream().map(Role::wire).toList());
        }
        return new Roles(result);
    }

    /** Returns the value of {@code roles} to send. */
    public Dict toDict() {
        Dict.Builder roles = new Dict.Builder();
        features.forEach((role, announced) -> roles.put(role.wire(), roleValue(announced)));
        return roles.build();
    }

    private static Map<String, Object> roleValue(Set<Feature> announced) {
        if (announced.isEmpty()) {
            return Map.of();
        }
        Dict.Builder features = new Dict.Builder();
        announced.forEach(feature -> features.flag(feature.wire(), true));
        return Map.of("features", features.build().entries());
    }

    private static Set<Feature> featuresOf(Dict dict) {
        Set<Feature> result = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            for (String spelling : feature.spellings()) {
                if (dict.flag(spelling, false)) {
                    result.add(feature);
                }
            }
        }
        return result;
    }

    private static Set<Feature> copyOf(Set<Feature> features) {
        Set<Feature> copy = EnumSet.noneOf(Feature.class);
        copy.addAll(features);
        return Collections.unmodifiableSet(copy);
    }
}
