package io.junctor.router.config.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list without equal elements. Immutable.
 *
 * @param <T> what an element becomes
 * @param element what an element may be
 * @param expected what the list may be, as it stands after "must be"
 * @param least the least elements it may have
 */
record ListOf<T>(Kind<T> element, String expected, int least) implements Kind<List<T>> {

    @Override
    public @Nullable List<T> read(Value value) {
        List<Value> elements = value.elements(expected);
        if (elements == null) {
            return null;
        }
        if (elements.size() < least) {
            value.reject(value.label() + " must not be empty: it is " + expected);
            return null;
        }
        List<T> list = new ArrayList<>();
        Set<T> seen = new HashSet<>();
        for (Value place : elements) {
            T one = element.read(place);
            if (one != null && !seen.add(one)) {
                place.reject(value.label() + " has this element twice");
            } else if (one != null) {
                list.add(one);
            }
        }
        return list;
    }
}
