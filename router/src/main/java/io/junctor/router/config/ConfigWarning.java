package io.junctor.router.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * Something in a configuration that is valid, but probably not meant.
 *
 * @param place the keys of {@code realms.yaml} that lead there; an element of a list by its number, counted from 0
 * @param text what is probably not meant
 */
public record ConfigWarning(List<String> place, String text) {
    /** Copies the list. */
    public ConfigWarning {
        place = List.copyOf(place);
    }

    /** This warning, of a part of what {@code outer} leads to. */
    public ConfigWarning in(String... outer) {
        return new ConfigWarning(Stream.concat(Stream.of(outer), place.stream()).toList(), text);
    }

    /** Such as {@code realms / realm1 / roles / guest: no authentication method of this realm grants the role 'guest'}. */
    @Override
    public String toString() {
        return String.join(" / ", place) + ": " + text;
    }
}
