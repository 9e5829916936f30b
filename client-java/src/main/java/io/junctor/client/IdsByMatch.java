package io.junctor.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;

/**
 * Immutable. The ids of all subscriptions or registrations of a realm, by how they compare.
 *
 * @param exact those of one topic or procedure
 * @param prefix those of a prefix
 * @param wildcard those of a wildcard pattern
 */
public record IdsByMatch(List<Long> exact, List<Long> prefix, List<Long> wildcard) {
    static IdsByMatch of(Result result) {
        Map<String, List<Long>> lists = result.as(new TypeReference<Map<String, List<Long>>>() {});
        return new IdsByMatch(
                lists.getOrDefault("exact", List.of()),
                lists.getOrDefault("prefix", List.of()),
                lists.getOrDefault("wildcard", List.of()));
    }
}
