package io.junctor.server.yaml;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list without equal elements.
 *
 * @param <T> the Java type of an element
 * @param element the type of an element
 * @param expected describes the list after "must be"
 * @param minElements the minimum number of elements
 */
record ListType<T>(ValueType<T> element, String expected, int minElements) implements ValueType<List<T>> {

    @Override
    public @Nullable List<T> read(YamlNode node) {
        List<YamlNode> elements = node.elements(expected);
        if (elements == null) {
            return null;
        }
        if (elements.size() < minElements) {
            node.error(node.label() + " must not be empty: it is " + expected);
        }
        Set<T> values = new LinkedHashSet<>();
        for (YamlNode one : elements) {
            T value = element.read(one);
            if (value != null && !values.add(value)) {
                one.error(node.label() + " has this element twice");
            }
        }
        return List.copyOf(values);
    }
}
