package io.junctor.server.yaml;

import org.jspecify.annotations.Nullable;

/**
 * The type of a value in the file.
 *
 * @param <T> the Java type of the value
 */
sealed interface ValueType<T> permits ScalarType, EnumType, SecretType, ListType, MapType, Section {

    /** Reads a value; after errors returns what could be read, or null. */
    @Nullable
    T read(YamlNode node);
}
