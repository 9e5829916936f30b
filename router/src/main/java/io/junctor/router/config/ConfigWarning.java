package io.junctor.router.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * A warning about a setting that is valid, but probably not meant.
 *
 * @param place the path of keys of {@code realms.yaml} to the setting; an element of a list is given by its index, counted from 0
 * @param text the text of the warning
 */
public record ConfigWarning(List<String> place, String text) {
    /** Copies the list. */
    public ConfigWarning {
        place = List.copyOf(place);
    }

    /** This warning with the keys {@code outer} in front of its place. */
    public ConfigWarning in(String... outer) {
        return new ConfigWarning(Stream.concat(Stream.of(outer), place.stream()).toList(), text);
    }

    /** Formats the warning, such as {@code realms / realm1 / roles / guest: no authentication method of this realm grants the role 'guest'}. */
    @Override
    public String toString() {
        return String.join(" / ", place) + ": " + text;
    }
}
