package io.junctor.client.meta;

import com.fasterxml.jackson.core.type.TypeReference;
import io.junctor.client.Result;
import java.util.List;
import java.util.Map;

/**
 * The ids of all subscriptions or registrations of a realm, by match policy.
 *
 * @param exact the ids with match policy {@code exact}
 * @param prefix the ids with match policy {@code prefix}
 * @param wildcard the ids with match policy {@code wildcard}
 */
public record IdsByMatchPolicy(List<Long> exact, List<Long> prefix, List<Long> wildcard) {
    static IdsByMatchPolicy of(Result result) {
        Map<String, List<Long>> lists = result.as(new TypeReference<Map<String, List<Long>>>() {});
        return new IdsByMatchPolicy(
                lists.getOrDefault("exact", List.of()),
                lists.getOrDefault("prefix", List.of()),
                lists.getOrDefault("wildcard", List.of()));
    }
}
